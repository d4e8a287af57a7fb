/* A positive one. */
BEGIN
{
	@a[ustack(-1)] = count();
}
