/* A negative number is one token. */
#pragma D option quiet

BEGIN { x = 10; printf("%d %d\n", $1, x -$1); exit(0); }
