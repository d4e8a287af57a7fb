/* Strings are not added: strjoin() does it. */
BEGIN
{
	trace("a" + "b");
}
