/* trunc(@, n) keeps the n largest, trunc(@, -n) the smallest */
#pragma D option quiet

BEGIN { @a["a"] = sum(3); @a["b"] = sum(1); @a["c"] = sum(2); @b["a"] = sum(3); @b["b"] = sum(1); @b["c"] = sum(2); }
BEGIN { trunc(@a, 2); trunc(@b, -2); printa("%s %@d\n", @a); printf("--\n"); printa("%s %@d\n", @b); }
BEGIN { trunc(@a); trunc(@b); exit(0); }
