/* Built-in variables cannot be written. */
BEGIN
{
	pid = 1;
}
