/* Nor need there be a use for each argument then. */
#pragma D option quiet

BEGIN { printf("%d\n", $1); exit(0); }
