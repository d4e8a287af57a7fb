#define 3 4
BEGIN { }
