/* An inline cannot name itself. */
inline int loop = loop + 1;
