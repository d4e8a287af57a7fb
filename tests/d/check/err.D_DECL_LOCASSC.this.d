/* Clause-local variables have no keys. */
this int a[int];
