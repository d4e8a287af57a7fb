/* Nothing for each number. */
void v[int];
