#else
BEGIN { }
