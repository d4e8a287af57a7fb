/* Nor can it be kept. */
BEGIN
{
	self->p = curpsinfo;
}
