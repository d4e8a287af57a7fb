/* toupper and tolower change ASCII letters */
#pragma D option quiet

BEGIN
{
	printf("[%s]\n", toupper("aZ3-z[`{"));
	printf("[%s]\n", tolower("AZ3-z[`{"));
	printf("[%s]\n", toupper(""));
	exit(0);
}
