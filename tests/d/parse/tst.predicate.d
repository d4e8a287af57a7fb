/* A predicate decides whether the clause runs. */
#pragma D option quiet

BEGIN /1/ { printf("a\n"); }
BEGIN /0/ { printf("b\n"); }
BEGIN
/ 1 == 1 &&
  2 > 1 /
{ printf("c\n"); exit(0); }
