#define f(a, b) a
BEGIN { x = f(1); }
