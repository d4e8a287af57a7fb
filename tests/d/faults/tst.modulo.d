/* Remainder by a variable that is 0 */
#pragma D option quiet

BEGIN { z = 0; }
BEGIN { x = 10 % z; }
BEGIN { exit(0); }
