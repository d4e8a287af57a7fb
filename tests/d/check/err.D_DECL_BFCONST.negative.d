/* Less than nothing. */
struct s { int a:-1; };
