/* An inline of the same name. */
int x;
inline int x = 1;
