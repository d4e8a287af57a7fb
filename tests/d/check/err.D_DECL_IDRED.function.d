/* A function. */
int strlen;
