/* What is there may be depended on. */
#pragma D option quiet

#pragma D depends_on provider profile
#pragma D depends_on library procfs.d
BEGIN { printf("a\n"); exit(0); }
