/* More than a type may have. */
int v[2147483647];
