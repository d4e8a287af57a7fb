/* Built-in ones neither. */
BEGIN
{
	trace(&pid);
}
