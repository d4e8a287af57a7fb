/* -U goes behind -D. */
#pragma D option quiet

#ifndef A
BEGIN { printf("%d\n", 1); exit(0); }
#endif
