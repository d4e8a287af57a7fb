/* %o */
#pragma D option quiet

BEGIN
{
	printf("%o %o\n", 8, (char)-1);
	exit(0);
}
