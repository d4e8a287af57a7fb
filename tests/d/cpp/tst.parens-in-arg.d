/* Commas in parentheses and strings divide no arguments. */
#pragma D option quiet

#define second(a, b) b
BEGIN { printf("%d %s\n", second((1, 2), 3), second("a,b)", "c,(")); exit(0); }
