/* A string where there is no memory */
#pragma D option quiet

BEGIN { printf("%s\n", stringof((char *)0x40)); }
BEGIN { exit(0); }
