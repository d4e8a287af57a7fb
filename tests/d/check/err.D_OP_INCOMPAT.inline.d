/* An inline is what it says. */
inline int name = execname;
