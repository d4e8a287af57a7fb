/* A variable of nothing. */
void x;
