/* A variable index beyond an array variable */
#pragma D option quiet

int a[4];

BEGIN { i = 4; a[3] = 1; }
BEGIN { a[i] = 5; }
BEGIN { printf("%d\n", a[3]); exit(0); }
