/* A macro with parameters. */
#pragma D option quiet

#define MAX(a, b) ((a) > (b) ? (a) : (b))
BEGIN { printf("%d\n", MAX(3, MAX(7, 5))); exit(0); }
