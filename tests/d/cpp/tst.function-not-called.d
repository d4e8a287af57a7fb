/* The name of such a macro alone is a name. */
#pragma D option quiet

#define f(x) x
#define g 1
BEGIN { f = 5; printf("%d\n", f + g); exit(0); }
