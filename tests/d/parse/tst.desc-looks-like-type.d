/* A word with a colon is a description, whatever its name. */
#pragma D option quiet

string:::x, int*:::y { }
BEGIN { printf("a\n"); exit(0); }
