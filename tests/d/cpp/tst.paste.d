/* ## joins tokens. */
#pragma D option quiet

#define J(a, b) a ## b
BEGIN { J(x, 1) = J(4, 2); printf("%d %d\n", x1, J(, 7)); exit(0); }
