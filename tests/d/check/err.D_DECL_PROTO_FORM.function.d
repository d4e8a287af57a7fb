/* Nor a function. */
typedef int f_t(int);
f_t (*g)(void);
