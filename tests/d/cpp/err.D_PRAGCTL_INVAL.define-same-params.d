#define f(a, a) a
BEGIN { }
