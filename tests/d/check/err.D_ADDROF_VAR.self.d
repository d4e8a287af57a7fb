/* Thread-local ones neither. */
BEGIN
{
	self->x = 1;
	trace(&self->x);
}
