/* What is skipped may hold anything but a half comment. */
#pragma D option quiet

#if 0
#error no
#include "nothing"
#foo
it's " odd
#if 1
#else
#include
#endif
#endif
BEGIN { printf("%d\n", 1); exit(0); }
