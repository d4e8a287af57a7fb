/* A translator of a member that is not there. */
struct s { int a; };
translator struct s < int x > { b = x; };
