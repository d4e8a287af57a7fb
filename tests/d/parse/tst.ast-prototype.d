/* Prototypes of functions. */
extern int f(int, char *s, ...);
void g(void);
int *h();
