/* A function has no array as its result. */
int (*f)(void)[4];
