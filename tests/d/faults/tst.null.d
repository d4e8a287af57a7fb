/* A NULL pointer has no memory */
#pragma D option quiet

BEGIN { *(char *)NULL; }
BEGIN { exit(0); }
