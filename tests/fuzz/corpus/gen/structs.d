struct p { int x; unsigned f : 3; short a[2]; union { int u; char c[4]; }; };
struct p g; struct p arr[3]; self struct p s; struct p t[string, int]; userland struct p *up;
BEGIN /g.x == 0 || this->n++/ { g.a[arg1 & 1] = 5; arr[arg1 % 3] = g; t["k", 2].f -= 1; self->s = t["k", 2]; p = (struct p *)alloca(sizeof (struct p)); *p = g; p->c[1]++; up = (userland struct p *)arg0; print(*p); print(g); trace(up->x); n = p - (struct p *)arg0; }
