/* #if !0 && !defined(NO). */
#pragma D option quiet

#define X 3
#define Y 1
#define F(x) ((x) * 2)
#if !0 && !defined(NO)
BEGIN { printf("%d\n", 1); exit(0); }
#else
BEGIN { printf("%d\n", 0); exit(0); }
#endif
