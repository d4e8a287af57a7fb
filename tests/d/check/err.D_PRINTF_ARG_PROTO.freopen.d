/* And freopen(). */
BEGIN
{
	freopen("/tmp/%s");
}
