/* The forms of a value. */
#pragma D option quiet

#pragma D option strsize=100
#pragma D option bufsize = 64k /* c */
#pragma D option aggsize= 1m
#pragma D option nspec =2
BEGIN { printf("a\n"); exit(0); }
