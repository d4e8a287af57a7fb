/* Nor can an array. */
string v[4];
