/* The file may be a macro. */
#pragma D option quiet

#define FILE "_inc.h"
#include FILE
BEGIN { printf("%d\n", INC); exit(0); }
