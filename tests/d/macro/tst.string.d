/* $1 with the form of a string: it brings its own quotes. */
#pragma D option quiet

BEGIN { printf("%s %d\n", $1, $1 == "a b"); exit(0); }
