#define defined 1
BEGIN { }
