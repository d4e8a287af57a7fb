/* A predicate without blanks around it. */
#pragma D option quiet

BEGIN/1/{printf("a\n");exit(0);}