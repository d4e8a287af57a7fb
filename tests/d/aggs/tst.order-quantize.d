/* Distributions come by their weight */
#pragma D option quiet

BEGIN { @["two"] = quantize(2); @["one"] = quantize(1); @["four"] = quantize(4); @["neg"] = quantize(-8); }
BEGIN { printa("%s\n", @); trunc(@); exit(0); }
