/* Chains of members and brackets. */
BEGIN { a.b->c[1]++; *p->q.r--; &x[1, 2]->y; }
