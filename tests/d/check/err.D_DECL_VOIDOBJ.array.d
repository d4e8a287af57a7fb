/* Four times nothing. */
void v[4];
