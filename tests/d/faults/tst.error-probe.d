/* The ERROR probe knows which clause, statement, fault and address */
#pragma D option quiet

ERROR { printf("%d %d %d %d 0x%x\n", arg1, arg2, arg3, arg4, arg5); }
BEGIN { x = 1; *(int *)0x123; }
BEGIN { exit(0); }
