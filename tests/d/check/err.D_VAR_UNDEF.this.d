/* A clause-local variable is read before anything assigned it. */
BEGIN
{
	trace(this->x);
}
