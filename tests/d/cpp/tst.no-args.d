/* A macro with an empty list of parameters. */
#pragma D option quiet

#define f() 3
BEGIN { printf("%d\n", f() + f( )); exit(0); }
