/* speculate(0) ends its clause: nothing behind it happens */
#pragma D option quiet

BEGIN { n = 0; }
BEGIN { speculate(0); n = 5; printf("never\n"); }
BEGIN { commit(0); discard(0); n++; }
BEGIN { printf("%d\n", n); exit(0); }
