/* Elements that do not fit into dynvarsize are dropped and counted; what is read is 0 */
#pragma D option quiet

#pragma D option dynvarsize=1

self int x;

BEGIN { a[1] = 5; a["k" == "l"] = 0; self->x = 7; b["k", 2] = "text"; g = 3; }
BEGIN { printf("%d %d [%s] %d\n", a[1], self->x, b["k", 2], g); exit(0); }
