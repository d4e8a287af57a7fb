/* bufpolicy switch */
#pragma D option quiet

#pragma D option bufpolicy=switch

BEGIN
{
	printf("a\n");
}
BEGIN
{
	printf("b\n");
	exit(0);
}
