/* The words of DTrace. */
int *p;
BEGIN
{
	trace(p->a);
}
