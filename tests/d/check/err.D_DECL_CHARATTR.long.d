/* A char is short enough. */
long char c;
