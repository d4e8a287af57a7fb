/* An inline is checked where it is defined. */
inline int twice = 2 * something;
