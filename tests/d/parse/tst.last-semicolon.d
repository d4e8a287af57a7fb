/* The last statement of a clause needs no semicolon; empty ones are allowed. */
#pragma D option quiet

BEGIN { ; ; printf("a\n") ; ; }
BEGIN { ; }
BEGIN { }
BEGIN { exit(0) }
