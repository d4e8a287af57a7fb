/* The longest operator that fits is taken. */
#pragma D option quiet

BEGIN { x = 5; y = x--- 2; printf("%d %d %d\n", y, x, 1<<2>>1); exit(0); }
