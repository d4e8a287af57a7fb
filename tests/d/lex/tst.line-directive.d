/* #line does not change what a script does. */
#line 7
#pragma D option quiet

# 9 "other.c" 1 2
BEGIN { printf("a\n"); exit(0); }
