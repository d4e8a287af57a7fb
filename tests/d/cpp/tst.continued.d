/* A directive goes on behind a backslash. */
#pragma D option quiet

#define X 1 + \
  2 \
  + 3
BEGIN { printf("%d\n", X); exit(0); }
