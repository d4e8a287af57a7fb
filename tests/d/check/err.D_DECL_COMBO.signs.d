/* Both at once. */
signed unsigned int x;
