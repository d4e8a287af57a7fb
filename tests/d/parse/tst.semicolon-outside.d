/* Semicolons between clauses and declarations do nothing. */
#pragma D option quiet

;;int x;;BEGIN { printf("a\n"); exit(0); };;END { };