/* Nor has a pointer to a function. */
int (*p)(int);
BEGIN
{
	trace(p + 1);
}
