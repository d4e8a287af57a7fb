/* A comma may stand between ? and :. */
#pragma D option quiet

BEGIN { x = 1; y = x ? x = 4, x + 1 : 0; printf("%d\n", y); exit(0); }
