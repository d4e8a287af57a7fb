/* -> wants a pointer to a struct. */
int *p;
BEGIN
{
	trace(p->a);
}
