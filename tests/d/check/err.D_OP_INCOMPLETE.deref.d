/* It cannot be read as a whole either. */
BEGIN
{
	trace(*curthread);
}
