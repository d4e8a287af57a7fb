/* A pointer has no bits to choose. */
struct s { char *a:3; };
