/* clear() sets values to 0 and keeps keys */
#pragma D option quiet

BEGIN { @["a"] = count(); @["b"] = count(); @["b"] = count(); }
BEGIN { clear(@); printa("%s %@d\n", @); }
BEGIN { trunc(@); exit(0); }
