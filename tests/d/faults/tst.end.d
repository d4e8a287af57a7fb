/* A fault in END */
#pragma D option quiet

BEGIN { exit(0); }
END { x = 1 / (id - id); }
END { printf("still\n"); }
