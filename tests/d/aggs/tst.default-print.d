/* What is not printed by printa is printed at the end, in the order of the script */
#pragma D option quiet

BEGIN { @b["x"] = count(); @a = sum(5); exit(0); }
