/* #include "file", beside the script. */
#pragma D option quiet

#include "_inc.h"
BEGIN { printf("%d\n", INC + inc); exit(0); }
