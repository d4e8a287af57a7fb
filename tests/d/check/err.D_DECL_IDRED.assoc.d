/* An array is no scalar. */
int x;
int x[string];
