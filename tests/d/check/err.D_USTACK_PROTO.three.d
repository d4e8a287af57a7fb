/* ustack() has two. */
BEGIN
{
	ustack(1, 2, 3);
}
