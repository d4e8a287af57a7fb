/* A variable cannot be called. */
BEGIN
{
	pid(1);
}
