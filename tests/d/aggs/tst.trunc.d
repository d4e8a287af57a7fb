/* trunc() removes all keys */
#pragma D option quiet

BEGIN { @["a"] = count(); @["b"] = count(); }
BEGIN { trunc(@); printa("%s %@d\n", @); exit(0); }
