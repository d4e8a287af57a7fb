/* #ifdef and #ifndef. */
#pragma D option quiet

#define X
#ifdef X
#ifndef Y
BEGIN { printf("%d\n", 1); exit(0); }
#endif
#endif
