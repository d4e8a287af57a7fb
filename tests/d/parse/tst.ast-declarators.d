/* A declarator is read from the name outwards. */
int *a[3];
int (*b)[3];
int *(*c)(int, char *);
int (*d[2])(void);
char *const *volatile e;
int f[2][3];
