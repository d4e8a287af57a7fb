/* How many? */
int v[];
