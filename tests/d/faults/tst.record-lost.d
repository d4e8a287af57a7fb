/* What the clause had recorded before the fault is gone; what it stored stays */
#pragma D option quiet

BEGIN { z = 0; }
BEGIN { printf("gone\n"); a = 1; b["k"] = 2; @c = count(); c = 1 / z; a = 3; @c = count(); }
BEGIN { printf("%d %d\n", a, b["k"]); exit(0); }
END { printa("%@d\n", @c); }
