/* Nothing among others. */
int a[int, void];
