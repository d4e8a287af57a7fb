/* exit() in ERROR ends the run; further clauses of the probe do not run */
#pragma D option quiet

ERROR { exit(7); }
BEGIN { *(char *)0; }
BEGIN { printf("no\n"); }
END { printf("end\n"); }
