/* ... and __VA_ARGS__. */
#pragma D option quiet

#define P(f, ...) printf(f, __VA_ARGS__)
BEGIN { P("%d %s\n", 1, "a"); exit(0); }
