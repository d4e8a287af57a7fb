#if defined(
#endif
BEGIN { }
