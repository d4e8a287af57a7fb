/* An int has 32 bits. */
struct s { int a:33; };
