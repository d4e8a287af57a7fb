/* An argument may be used more than once, and in declarations. */
#pragma D option quiet

inline int n = $1;
int a[$2];
BEGIN { printf("%d %d\n", n, $1 * $1); exit(0); }
