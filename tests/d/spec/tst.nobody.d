/* What is neither committed nor discarded is lost */
#pragma D option quiet

BEGIN { s = speculation(); }
BEGIN { speculate(s); printf("lost\n"); }
BEGIN { exit(0); }
