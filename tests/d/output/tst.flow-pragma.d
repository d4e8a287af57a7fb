/* flowindent as a pragma */
#pragma D option flowindent
BEGIN
{
	exit(0);
}
