/* %a of an address without a symbol */
#pragma D option quiet

BEGIN
{
	printf("%a %a\n", (uintptr_t)0x10, (void *)0);
	exit(0);
}
