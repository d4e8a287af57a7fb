/* A guard keeps a file from counting twice. */
#pragma D option quiet

#include "_inc.h"
#include "_inc.h"
BEGIN { printf("%d\n", INC); exit(0); }
