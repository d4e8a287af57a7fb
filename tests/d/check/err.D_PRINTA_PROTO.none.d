/* printa() what? */
BEGIN
{
	printa();
}
