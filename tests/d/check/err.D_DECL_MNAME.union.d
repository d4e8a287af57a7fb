/* The same in a union. */
union u { int a; int b; long a; };
