/* Nor in an array. */
struct nosuch v[4];
