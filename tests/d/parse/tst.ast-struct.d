/* Structs, unions, bit-fields, members without a name. */
struct s {
	int a:3, :2, b;
	union { char c; long d; };
	struct t *next;
	struct { int x; } y[2];
} v, *w;
union u;
struct e { char c; };
