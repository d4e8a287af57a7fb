/* A typedef without a name. */
typedef int;
