/* A member behind a wrong pointer: the address is that of the member */
#pragma D option quiet

struct s { int a; int b; };

BEGIN { p = (struct s *)0x1000; }
BEGIN { printf("%d\n", p->b); }
BEGIN { exit(0); }
