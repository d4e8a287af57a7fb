/* A typedef as well. */
typedef int number_t;
typedef long number_t;
