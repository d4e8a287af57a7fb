/* The factor of normalize() is an expression of the clause */
#pragma D option quiet

BEGIN { @ = sum(60); n = 5; }
BEGIN { normalize(@, n + 1); printa("%@d\n", @); trunc(@); exit(0); }
