/* Scratch memory of one clause is zero again in the next */
#pragma D option quiet

BEGIN { p = (uint64_t *)alloca(64); p[0] = 1; p[7] = 2; }
BEGIN { p = (uint64_t *)alloca(64); printf("%d\n", p[0] + p[7]); exit(0); }
