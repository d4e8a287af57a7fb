/* jstack() as well. */
BEGIN
{
	jstack(1, 2, 3);
}
