#define f(a b
BEGIN { }
