/* A base that is none is an illegal operation */
#pragma D option quiet

BEGIN { b = 37; }
BEGIN { printf("%s\n", lltostr(5, b)); }
BEGIN { printf("%d\n", strtoll("5", b - 36)); }
BEGIN { exit(0); }
