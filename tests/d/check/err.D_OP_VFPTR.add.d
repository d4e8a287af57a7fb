/* A pointer to void has no steps. */
void *p;
BEGIN
{
	trace(p + 1);
}
