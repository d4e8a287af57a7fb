/* In a predicate. */
#pragma D option quiet

BEGIN /$1 == 3/ { printf("a\n"); exit(0); }
