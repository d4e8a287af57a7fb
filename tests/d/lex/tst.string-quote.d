/* Quotes of the other kind need no escape. */
#pragma D option quiet

BEGIN
{
	printf("'%c'\n", '"');
	exit(0);
}
