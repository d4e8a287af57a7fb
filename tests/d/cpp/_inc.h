#ifndef INC
#define INC 5
inline int inc = 7;
#endif
