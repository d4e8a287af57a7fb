/* The kinds of faults by name */
#pragma D option quiet

ERROR { printf("%d\n", arg4 == DTRACEFLT_DIVZERO); }
BEGIN { z = 0; x = 1 / z; }
BEGIN { printf("%d %d %d\n", DTRACEFLT_BADADDR, DTRACEFLT_ILLOP, DTRACEFLT_NOSCRATCH); exit(0); }
