#define
BEGIN { }
