
#error this is old
BEGIN { }
