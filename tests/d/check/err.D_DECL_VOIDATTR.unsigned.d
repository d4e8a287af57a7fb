/* Nothing has no sign. */
unsigned void *p;
