/* trunc(@, n) with more than there are removes nothing */
#pragma D option quiet

BEGIN { @a["a"] = sum(3); @a["b"] = sum(1); }
BEGIN { n = 5; trunc(@a, n); printa("%s %@d\n", @a); trunc(@a, 0); exit(0); }
