/* rand() takes nothing. */
BEGIN
{
	trace(rand(6));
}
