/* #if 1 < 2 && 2 <= 2 && 3 > 2 && 3 >= 3 && 1 != 2. */
#pragma D option quiet

#define X 3
#define Y 1
#define F(x) ((x) * 2)
#if 1 < 2 && 2 <= 2 && 3 > 2 && 3 >= 3 && 1 != 2
BEGIN { printf("%d\n", 1); exit(0); }
#else
BEGIN { printf("%d\n", 0); exit(0); }
#endif
