/* There is one kind of string. */
long string s;
