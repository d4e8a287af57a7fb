/* A description that becomes a number is an id. */
#pragma D option quiet

$1 { printf("a\n"); exit(0); }
