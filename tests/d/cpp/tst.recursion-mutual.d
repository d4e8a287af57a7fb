/* Nor within one that it uses. */
#pragma D option quiet

int a;
#define a b + 1
#define b a + 10
BEGIN { printf("%d\n", a); exit(0); }
