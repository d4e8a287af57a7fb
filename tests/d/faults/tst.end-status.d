/* Faults leave the exit status as it is */
#pragma D option quiet

BEGIN { *(char *)0; }
BEGIN { exit(3); }
