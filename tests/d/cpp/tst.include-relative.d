/* What an included file includes is looked for beside it. */
#pragma D option quiet

#include "_dir/_inc3.h"
BEGIN { printf("%d\n", INC2); exit(0); }
