/* Prototypes of functions. */
int f(int, char *s, ...);
void g(void);
int *h();
