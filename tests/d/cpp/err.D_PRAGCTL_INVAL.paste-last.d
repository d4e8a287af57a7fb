#define f(a) a ##
BEGIN { }
