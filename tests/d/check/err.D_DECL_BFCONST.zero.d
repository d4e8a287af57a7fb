/* A bit-field of nothing has no name. */
struct s { int a:0; };
