/* A slash in a string ends nothing. */
#pragma D option quiet

BEGIN /"a/b" == "a/b"/ { printf("a\n"); exit(0); }
