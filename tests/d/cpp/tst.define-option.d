/* -D with and without a value. */
#pragma D option quiet

#if A == 1 && B == 7
BEGIN { printf("%d\n", B); exit(0); }
#endif
