/* A part of a structure variable: the whole is loaded, changed and stored */
struct p { int x; unsigned f : 3; short a[2]; };
struct p v;
BEGIN { v.f = 5; v.a[1] = v.x; p = (struct p *)alloca(sizeof (struct p)); p->x = p->a[0]; }
