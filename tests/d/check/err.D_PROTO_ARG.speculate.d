/* A speculation is an integer. */
BEGIN
{
	speculate("one");
}
