/* Both at once. */
short long int x;
