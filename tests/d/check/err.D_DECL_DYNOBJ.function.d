/* D has no functions of its own. */
int f(int);
