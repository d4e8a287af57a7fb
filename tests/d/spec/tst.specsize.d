/* What does not fit into specsize is dropped and counted */
#pragma D option quiet

#pragma D option specsize=100

BEGIN { s = speculation(); }
BEGIN { speculate(s); printf("kept\n"); }
BEGIN { speculate(s); printf("%s\n", "a string that is longer than what is left"); }
BEGIN { commit(s); }
BEGIN { exit(0); }
