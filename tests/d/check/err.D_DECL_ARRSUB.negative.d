/* A positive one. */
int v[-1];
