#define a0 a1 a1 a1 a1
#define a1 a2 a2 a2 a2
#define a2 a3 a3 a3 a3
#define a3 a4 a4 a4 a4
#define a4 a5 a5 a5 a5
#define a5 a6 a6 a6 a6
#define a6 a7 a7 a7 a7
#define a7 a8 a8 a8 a8
#define a8 a9 a9 a9 a9
#define a9 a10 a10 a10 a10
#define a10 a11 a11 a11 a11
#define a11 a12 a12 a12 a12
#define a12
BEGIN { a0; }
