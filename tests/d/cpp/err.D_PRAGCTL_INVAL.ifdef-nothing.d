#ifdef
#endif
BEGIN { }
