#if (1
#endif
BEGIN { }
