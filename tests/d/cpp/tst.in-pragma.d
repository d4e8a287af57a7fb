/* Pragmas are left as they are. */
#pragma D option quiet

#define quiet loud
#pragma D option quiet
BEGIN { printf("%d\n", 1); exit(0); }
