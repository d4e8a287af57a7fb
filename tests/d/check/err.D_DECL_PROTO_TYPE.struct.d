/* A struct is no key. */
struct s { int a; };
int a[struct s];
