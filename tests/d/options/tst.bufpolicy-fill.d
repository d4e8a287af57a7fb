/* bufpolicy fill */
#pragma D option quiet

#pragma D option bufpolicy=fill

BEGIN
{
	printf("a\n");
}
BEGIN
{
	printf("b\n");
	exit(0);
}
