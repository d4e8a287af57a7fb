/* Division and remainder of unsigned numbers by 0 */
#pragma D option quiet

BEGIN { z = (uint64_t)0; }
BEGIN { x = 10 / z; }
BEGIN { x = 10 % z; }
BEGIN { exit(0); }
