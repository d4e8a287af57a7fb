/* A variable is no type. */
int x;
typedef int x;
