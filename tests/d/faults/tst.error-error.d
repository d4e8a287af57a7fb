/* A fault in an ERROR clause is only counted, and does not fire ERROR again */
#pragma D option quiet

ERROR { printf("once\n"); }
ERROR { *(char *)0x55; }
ERROR { printf("and on\n"); }
BEGIN { *(char *)0x44; }
BEGIN { exit(0); }
