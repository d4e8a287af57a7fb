/* Brackets with types make an associative array. */
int a[int];
self string b[string, uint64_t, struct s *];
int c[3];
int d[];
