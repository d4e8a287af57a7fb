/* Without -p and -c, $target is 0. */
#pragma D option quiet

BEGIN { printf("%d\n", $target); exit(0); }
