/* Operators can be joined, too. */
#pragma D option quiet

#define J(a, b) a ## b
BEGIN { printf("%d\n", 1 J(<, <) 3); exit(0); }
