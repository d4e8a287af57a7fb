/* Nor has a parameter. */
int (*f)(self int);
