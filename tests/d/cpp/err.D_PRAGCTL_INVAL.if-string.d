#if "a"
#endif
BEGIN { }
