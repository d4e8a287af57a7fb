/* Declarations of scalars. */
int a;
unsigned long b, *c, **d;
self string s;
this uint64_t t;
volatile const char e;
