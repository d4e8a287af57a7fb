/* self->x is another variable than x. */
BEGIN
{
	x = 1;
	trace(self->x);
}
