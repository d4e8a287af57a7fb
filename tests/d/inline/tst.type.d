/* It has the type that it says. */
#pragma D option quiet

inline uint8_t low = 0x1ff;
inline char c = 200;
BEGIN
{
	printf("%d %d %d\n", low, c, sizeof (low));
	exit(0);
}
