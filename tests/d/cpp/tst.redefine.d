/* A later definition counts from there on. */
#pragma D option quiet

#define X 1
BEGIN { printf("%d\n", X); }
#define X 2
BEGIN { printf("%d\n", X); exit(0); }
