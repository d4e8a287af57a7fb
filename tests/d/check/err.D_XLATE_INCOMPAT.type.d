/* A member of another type. */
struct s { int a; };
translator struct s < int x > { a = lltostr(x); };
