/* An associative array is no member. */
struct s { int a[int]; };
