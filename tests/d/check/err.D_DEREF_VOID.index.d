/* The same with an index. */
void *p;
BEGIN
{
	trace(p[1]);
}
