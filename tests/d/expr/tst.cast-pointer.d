/* Pointers and integers convert into each other */
#pragma D option quiet

BEGIN
{
	printf("%x\n", (uint64_t)(char *)0x1234);
	p = (int *)0x1000;
	printf("%p\n", p + 1);
	printf("%d\n", (long)(p + 2) - (long)p);
	exit(0);
}
