/* A variable of two types. */
int x;
string x;
