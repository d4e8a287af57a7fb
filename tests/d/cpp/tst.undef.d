/* #undef. */
#pragma D option quiet

#define X 1
#undef X
#undef never
#ifdef X
BEGIN { exit(1); }
#endif
#define X 2
BEGIN { printf("%d\n", X); exit(0); }
