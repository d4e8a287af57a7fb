/* An array of other keys. */
int x[string];
int x[int];
