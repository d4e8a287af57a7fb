/* Arguments are converted to the type of the parameter. */
#pragma D option quiet

inline int same[uint8_t x] = x;
BEGIN
{
	printf("%d %d\n", same[257], same[-1]);
	exit(0);
}
