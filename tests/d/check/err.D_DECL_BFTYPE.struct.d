/* Nor has a struct. */
struct t { int a; };
struct s { struct t a:3; };
