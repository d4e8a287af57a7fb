/* More than a variable may have. */
char v[1048577];
