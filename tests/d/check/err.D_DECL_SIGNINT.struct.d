/* A struct has none. */
struct s { int a; };
signed struct s v;
