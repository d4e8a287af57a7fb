/* -xdefaultargs: an argument that is missing is 0, or an empty string. */
#pragma D option quiet

BEGIN { printf("%d [%s] %d\n", $1, $$2, $3); exit(0); }
