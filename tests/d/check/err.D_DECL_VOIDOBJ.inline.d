/* An inline of nothing. */
inline void x = 1;
