/* this is what auto is in C. */
auto int x;
