/* So is unary -. */
BEGIN
{
	trace(-execname);
}
