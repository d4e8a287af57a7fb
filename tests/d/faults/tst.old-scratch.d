/* Scratch memory of an earlier clause is gone */
#pragma D option quiet

BEGIN { p = (char *)alloca(8); p[0] = 1; }
BEGIN { printf("%d\n", p[0]); }
BEGIN { exit(0); }
