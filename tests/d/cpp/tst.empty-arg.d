/* Arguments may be empty. */
#pragma D option quiet

#define f(a, b) (0 a b)
BEGIN { printf("%d\n", f(,+ 2) + f(+ 3,) + f(,)); exit(0); }
