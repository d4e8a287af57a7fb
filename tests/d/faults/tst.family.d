/* A family of addresses that is none */
#pragma D option quiet

BEGIN { printf("%s\n", inet_ntop(5, alloca(16))); }
BEGIN { exit(0); }
