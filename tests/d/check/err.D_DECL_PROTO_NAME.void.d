/* What should it be called? */
int (*f)(void x);
