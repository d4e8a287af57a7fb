/* Clauses of one probe run in the order of the script. */
#pragma D option quiet

BEGIN { x = 1; }
BEGIN { x = x * 10 + 2; }
BEGIN { x = x * 10 + 3; }
BEGIN { printf("%d\n", x); exit(0); }
