/* $1 with the form of an integer. */
#pragma D option quiet

BEGIN { printf("%d %d\n", $1, $1 + $2); exit(0); }
