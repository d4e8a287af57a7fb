/* In a probe description it is text like any other. */
#pragma D option quiet

dtrace:::$1 { printf("a\n"); exit(0); }
