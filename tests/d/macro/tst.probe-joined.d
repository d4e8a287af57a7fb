/* There it joins what stands beside it. */
#pragma D option quiet

dtr$1:::B$2 { printf("a\n"); exit(0); }
