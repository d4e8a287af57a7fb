#if
#endif
BEGIN { }
