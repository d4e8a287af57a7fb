/* The width is a constant. */
struct s { int a:pid; };
