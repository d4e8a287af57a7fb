/* A member of nothing. */
struct s { void a; };
