/* An array has as many keys as it has. */
int a[int, ...];
