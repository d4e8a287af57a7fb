/* %x of a negative value is as wide as its type */
#pragma D option quiet

BEGIN
{
	printf("%x %x %x\n", (short)-2, -2, -2ll);
	exit(0);
}
