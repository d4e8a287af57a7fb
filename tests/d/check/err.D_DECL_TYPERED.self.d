/* A struct that holds itself is not finished yet. */
struct s { int a; } u;
struct s { int b; } v;
