/* A built-in variable. */
int execname;
