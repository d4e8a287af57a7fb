/* A storeA store to what is no memory of ours */
#pragma D option quiet

BEGIN { p = (int *)0x20; }
BEGIN { *p = 2; }
BEGIN { printf("on\n"); ; }
