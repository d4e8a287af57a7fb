/* A lone star is every probe: here those of the dtrace provider fire. */
#pragma D option quiet

dtrace:*:*:* /probename != "ERROR"/ { printf("%s\n", probename); }
BEGIN { exit(0); }
