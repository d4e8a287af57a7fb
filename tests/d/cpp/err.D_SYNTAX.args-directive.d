#define f(a) a
BEGIN { x = f(1
#define g 1
); }
