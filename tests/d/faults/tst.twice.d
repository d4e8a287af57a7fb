/* Each fault is reported */
#pragma D option quiet

BEGIN { z = 0; }
BEGIN { x = 1 / z; }
BEGIN { x = 2 / z; }
BEGIN { exit(0); }
