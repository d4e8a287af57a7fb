#define INC2 22
