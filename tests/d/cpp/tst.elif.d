/* #elif: the first that holds is taken. */
#pragma D option quiet

#define X 2
#if X == 1
BEGIN { printf("%d\n", 1); exit(0); }
#elif X == 2
BEGIN { printf("%d\n", 2); exit(0); }
#elif X == 2
BEGIN { printf("%d\n", 3); exit(0); }
#else
BEGIN { printf("%d\n", 4); exit(0); }
#endif
