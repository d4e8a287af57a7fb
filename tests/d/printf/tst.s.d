/* %s */
#pragma D option quiet

BEGIN
{
	printf("%s|%s|%s\n", "abc", "", probename);
	exit(0);
}
