/* None is not enough. */
int v[0];
