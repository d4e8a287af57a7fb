/* Less than none. */
BEGIN
{
	this->p = alloca(-8);
}
