#!/native/bin/dtrace -s
#pragma D option quiet

/* #! is for execve(2). */
BEGIN { printf("a\n"); exit(0); }
