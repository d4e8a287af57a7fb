/* The same of a struct. */
struct s { char a[1000000]; char b[1000000]; };
struct s v;
