/* $1 with the form of a name: a variable, a function, a member. */
#pragma D option quiet

BEGIN { x = 3; printf("%d %d\n", $1, $2("abc")); exit(0); }
