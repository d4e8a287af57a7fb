/* print of pointers */
#pragma D option quiet

BEGIN
{
	print((char *)0x1234); printf("\n");
	print((void *)0); printf("\n");
	exit(0);
}
