/* Rows come by value; where that is the same, by key */
#pragma D option quiet

BEGIN { @["c"] = sum(1); @["a"] = sum(2); @["b"] = sum(1); @["d"] = sum(-4); }
BEGIN { printa("%s %@d\n", @); trunc(@); exit(0); }
