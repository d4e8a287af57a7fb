/* A struct that nobody can name. */
struct { int a; };
