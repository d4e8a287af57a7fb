/* A macro without parameters. */
#pragma D option quiet

#define X 40 + 2
BEGIN { printf("%d\n", X); exit(0); }
