/* #if defined(X) && defined Y. */
#pragma D option quiet

#define X 3
#define Y 1
#define F(x) ((x) * 2)
#if defined(X) && defined Y
BEGIN { printf("%d\n", 1); exit(0); }
#else
BEGIN { printf("%d\n", 0); exit(0); }
#endif
