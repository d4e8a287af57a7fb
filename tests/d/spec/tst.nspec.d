/* Only nspec speculations are there at once; the next identifier is 0, and a drop */
#pragma D option quiet

#pragma D option nspec=2

BEGIN { a = speculation(); b = speculation(); c = speculation(); printf("%d %d %d\n", a, b, c); }
BEGIN { discard(a); }
BEGIN { d = speculation(); printf("%d\n", d); exit(0); }
