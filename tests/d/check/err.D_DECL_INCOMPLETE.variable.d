/* A struct that nobody defined. */
struct nosuch v;
