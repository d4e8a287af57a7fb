/* Divisions in a predicate: a slash ends it only before { and ;. */
#pragma D option quiet

BEGIN /8 / 2 == 4/ { printf("a\n"); }
BEGIN /(8 / 2) / 4/ { printf("b\n"); }
BEGIN / 9 / 3 / 4 / { printf("c\n"); }
BEGIN /1/ /* x */ { printf("d\n"); exit(0); }
