/* A struct is as long as it is. */
struct s { int a; };
long struct s v;
