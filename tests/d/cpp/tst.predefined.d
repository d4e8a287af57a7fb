/* What is always defined. */
#pragma D option quiet

#if defined(__linux) && defined(__unix) && defined(__SUNW_D) && __SUNW_D_VERSION
BEGIN { printf("%d\n", __SUNW_D); exit(0); }
#endif
