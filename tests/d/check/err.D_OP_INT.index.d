/* An array has numbers. */
int v[4];
BEGIN
{
	trace(v["one"]);
}
