/* Typedefs, of several names at a time, and their use. */
typedef int t, *tp, ta[4];
t x;
tp y;
ta*z;
