/* $0 is the script, as a string with $$0. */
#pragma D option quiet

BEGIN { printf("%s\n", $$0); exit(0); }
