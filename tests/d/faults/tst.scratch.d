/* More scratch memory than there is */
#pragma D option quiet

BEGIN { n = 2000000; }
BEGIN { p = alloca(n); printf("no\n"); }
BEGIN { exit(0); }
