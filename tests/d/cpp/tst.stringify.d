/* # makes a string of an argument. */
#pragma D option quiet

#define S(x) #x
BEGIN { printf("%s|%d|%s|\n", S(a  +  b), S("q\n") == "\"q\\n\"", S()); exit(0); }
