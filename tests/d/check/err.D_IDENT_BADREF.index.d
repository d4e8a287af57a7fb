/* Nor an array. */
BEGIN
{
	trace(strlen["a"]);
}
