/* A fault in a predicate: the clause does not run */
#pragma D option quiet

BEGIN { z = 0; }
BEGIN /10 / z/ { printf("no\n"); }
BEGIN { exit(0); }
