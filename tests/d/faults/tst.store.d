/* A store to what is no memory of ours */
#pragma D option quiet

BEGIN { p = (int *)0x20; }
BEGIN { *p = 5; }
BEGIN { printf("on\n"); exit(0); }
