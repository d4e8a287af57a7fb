/* Nothing is none, either. */
int a[void];
