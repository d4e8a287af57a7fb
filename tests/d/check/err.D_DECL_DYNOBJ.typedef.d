/* Nor a type. */
typedef int table_t[string];
