/* The types of D are what they are. */
typedef int uint64_t;
