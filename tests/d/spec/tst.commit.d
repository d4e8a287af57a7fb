/* What was recorded speculatively comes out at commit, in order */
#pragma D option quiet

BEGIN { s = speculation(); }
BEGIN { speculate(s); printf("first\n"); }
BEGIN { printf("direct\n"); }
BEGIN { speculate(s); printf("second\n"); }
BEGIN { commit(s); }
BEGIN { printf("behind\n"); exit(0); }
