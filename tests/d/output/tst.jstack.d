/* jstack without frames */
BEGIN
{
	jstack();
	exit(0);
}
