/* sizes before letters */
#pragma D option quiet

BEGIN
{
	printf("%hhd %hd %ld %lld\n", (char)-1, (short)-2, (long)-3, (long long)-4);
	printf("%hhu %hu %lu %llu\n", (unsigned char)255, (unsigned short)2, (unsigned long)3, (unsigned long long)4);
	printf("%hx %lx %llx %ho %lo %lX\n", (short)-1, 16l, 17ll, (short)8, 9l, 171l);
	exit(0);
}
