/* Arguments are replaced before the macro is. */
#pragma D option quiet

#define f(x) x + 1
BEGIN { printf("%d\n", f(f(1))); exit(0); }
