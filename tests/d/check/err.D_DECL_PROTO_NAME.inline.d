/* A parameter of an inline needs its name. */
inline int twice[int] = 2;
