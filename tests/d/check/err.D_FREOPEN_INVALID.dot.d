/* A file of this name is none. */
BEGIN
{
	freopen(".");
}
