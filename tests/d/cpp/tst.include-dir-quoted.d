/* A name in quotes is looked for in those, too. */
#pragma D option quiet

#include "_inc2.h"
BEGIN { printf("%d\n", INC2); exit(0); }
