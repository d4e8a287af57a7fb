/* %x and %X */
#pragma D option quiet

BEGIN
{
	printf("%x %X %x\n", 48879, 48879, (char)-1);
	printf("%x\n", -1ll);
	exit(0);
}
