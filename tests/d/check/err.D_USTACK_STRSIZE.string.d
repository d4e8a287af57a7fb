/* The second as well. */
BEGIN
{
	jstack(10, "512");
}
