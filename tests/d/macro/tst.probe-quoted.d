/* $$1 is the same as $1 there. */
#pragma D option quiet

dtrace:::$$1 { printf("a\n"); exit(0); }
