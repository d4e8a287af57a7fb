/* An identifier that speculation() never gave */
#pragma D option quiet

BEGIN { speculate(5); printf("no\n"); }
BEGIN { commit(7); }
BEGIN { discard(-1); }
BEGIN { exit(0); }
