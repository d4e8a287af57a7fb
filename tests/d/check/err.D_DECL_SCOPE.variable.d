/* A name of D has no module. */
inline int a`b = 1;
