/* A line with nothing but # is allowed, and #ident. */
#pragma D option quiet

#
#ident "x"
#pragma ident "x"
#pragma D ident "x"
BEGIN { printf("a\n"); exit(0); }
