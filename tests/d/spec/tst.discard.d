/* What is discarded never comes out */
#pragma D option quiet

BEGIN { s = speculation(); }
BEGIN { speculate(s); printf("gone\n"); }
BEGIN { discard(s); }
BEGIN { commit(s); }
BEGIN { speculate(s); printf("not active\n"); }
BEGIN { printf("end\n"); exit(0); }
