/* A struct cannot hold itself. */
struct s { int a; struct s b; };
