/* Division of unsigned numbers takes all their bits */
#pragma D option quiet

BEGIN
{
	u = (uint64_t)18446744073709551615;
	printf("%u\n", u / 2);
	printf("%d\n", (int64_t)u / 2);
	w = (uint32_t)4294967294;
	printf("%u\n", w / 2);
	printf("%u\n", w / 2u);
	exit(0);
}
