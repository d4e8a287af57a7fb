/* A size is a constant. */
int v[pid];
