/* A clause-local associative array. */
BEGIN
{
	this->a[1] = 2;
}
