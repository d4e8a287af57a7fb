/* Two steps make a string of what an argument means. */
#pragma D option quiet

#define S(x) #x
#define SS(x) S(x)
#define N 42
BEGIN { printf("%s %s\n", S(N), SS(N)); exit(0); }
