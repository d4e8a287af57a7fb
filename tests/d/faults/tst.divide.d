/* Division by a variable that is 0 */
#pragma D option quiet

BEGIN { z = 0; printf("before\n"); }
BEGIN { x = 10 / z; printf("not here\n"); }
BEGIN { printf("%d\n", x); exit(0); }
