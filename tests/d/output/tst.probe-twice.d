/* a probe that is named twice in a clause runs it twice, also when clauses have the same descriptions */
#pragma D option quiet

BEGIN, BEGIN { printf("a\n"); }
BEGIN, BEGIN { printf("b\n"); }
END { exit(0); }
BEGIN { exit(0); }
