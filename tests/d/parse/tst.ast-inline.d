/* Inlines: plain and with keys. */
inline int one = 1;
inline string name[int n] = n == 1 ? "one" : "many";
