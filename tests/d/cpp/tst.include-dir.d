/* #include <file>, in a directory of -I. */
#pragma D option quiet

#include <_inc2.h>
BEGIN { printf("%d\n", INC2); exit(0); }
