#elif 1
BEGIN { }
