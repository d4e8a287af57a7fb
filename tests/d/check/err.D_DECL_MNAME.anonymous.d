/* The members of an anonymous struct are ours. */
struct s { int a; struct { int a; }; };
