/* A macro is not replaced within itself. */
#pragma D option quiet

int x;
#define x (x + 1)
BEGIN { printf("%d\n", x); exit(0); }
