/* Integers and pointers become each other. */
#pragma D option quiet

BEGIN
{
	p = (char *)0x1000;
	q = (int *)p;
	printf("%x %x %x\n", (uint64_t)p, (uint64_t)(q + 1), (uintptr_t)(p + 1));
	exit(0);
}
