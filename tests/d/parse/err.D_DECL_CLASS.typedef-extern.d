typedef extern int x;
