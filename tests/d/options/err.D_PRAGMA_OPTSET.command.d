/* Option cannot be used from within a D program */
#pragma D option cpp

BEGIN { exit(0); }
