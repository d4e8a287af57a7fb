/* A float always has one. */
unsigned float f;
