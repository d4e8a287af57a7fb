/* A number is the id of a probe: 1 is BEGIN. */
#pragma D option quiet

1 { printf("%s\n", probename); exit(0); }
