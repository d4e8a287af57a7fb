/* No memory. */
BEGIN
{
	this->p = alloca(0);
}
