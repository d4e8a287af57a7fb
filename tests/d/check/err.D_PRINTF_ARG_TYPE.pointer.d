/* A pointer to chars needs stringof. */
BEGIN
{
	printf("%s\n", (char *)arg0);
}
