/* A macro variable does not join what stands beside it. */
#pragma D option quiet

BEGIN { printf("%d\n", 1-$1-1); exit(0); }
