/* What DTrace does not call a fault: bits shifted out, the lowest integer by -1, an empty string */
#pragma D option quiet

BEGIN { m = -1; s = ""; }
BEGIN { x = (-9223372036854775807 - 1) / m; y = 1 << 70; z = strlen(s); w = substr(s, 5); exit(0); }
