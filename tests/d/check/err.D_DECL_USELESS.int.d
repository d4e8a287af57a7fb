/* A type, and nothing of it. */
int;
