/* The same of a parameter. */
int (*f)(int, void);
