/* A library of -L may be depended on; its own pragmas are its own affair. */
#pragma D option quiet

#pragma D depends_on library one.d
BEGIN { printf("%d\n", one); exit(0); }
