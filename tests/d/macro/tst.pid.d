/* $pid is dtrace itself. */
#pragma D option quiet

BEGIN { printf("%d %d\n", $pid > 1, $pid == pid); exit(0); }
