/* normalize() divides what is printed, denormalize() undoes it */
#pragma D option quiet

BEGIN { @["k"] = sum(100); @["m"] = sum(-7); }
BEGIN { normalize(@, 10); printa("%s %@d\n", @); denormalize(@); printa("%s %@d\n", @); trunc(@); exit(0); }
