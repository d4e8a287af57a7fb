/* # makes a string of an argument. */
#pragma D option quiet

#define S(x) #x
BEGIN { printf("%s|%s|%s\n", S(a  +  b), S("q\n"), S()); exit(0); }
