/* A long float is called double. */
long float f;
