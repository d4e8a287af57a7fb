/* setopt: from its record on, lines have no columns. */
BEGIN
{
	trace(1);
}

BEGIN
{
	setopt("quiet");
}

BEGIN
{
	printf("quiet\n");
	exit(0);
}
