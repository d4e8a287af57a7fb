/* #if 0. */
#pragma D option quiet

#define X 3
#define Y 1
#define F(x) ((x) * 2)
#if 0
BEGIN { printf("%d\n", 1); exit(0); }
#else
BEGIN { printf("%d\n", 0); exit(0); }
#endif
