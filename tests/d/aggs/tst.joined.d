/* printa() of two aggregations has a line for each key of either; what is missing is 0 */
#pragma D option quiet

BEGIN { @a["x"] = sum(5); @b["x"] = sum(6); @a["y"] = sum(1); @b["z"] = sum(2); }
BEGIN { printa("%s %@d %@d\n", @a, @b); trunc(@a); trunc(@b); exit(0); }
