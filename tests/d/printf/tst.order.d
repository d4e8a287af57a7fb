/* several printf of a clause, in their order */
#pragma D option quiet

BEGIN
{
	printf("a");
	printf("b");
	printf("c\n");
	exit(0);
}
