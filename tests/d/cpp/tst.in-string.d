/* Nothing is replaced in strings and characters. */
#pragma D option quiet

#define a b
#define x y
BEGIN { printf("a %c\n", 'x'); exit(0); }
