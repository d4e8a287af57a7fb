/* Nor in comments; they may hold anything. */
#pragma D option quiet

#define X 1 /* a
 b */ + 1
/* X " ' */
BEGIN { printf("%d\n", X); exit(0); }
// it's X(
