/* %p: hexadecimal without 0x */
#pragma D option quiet

BEGIN
{
	printf("%p %p %p\n", (void *)0x7ffd1234, 0, (uintptr_t)255);
	exit(0);
}
