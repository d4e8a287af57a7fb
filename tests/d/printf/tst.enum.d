/* an enumerator */
#pragma D option quiet

enum e { ONE = 1, TWO };

BEGIN
{
	printf("%d\n", TWO);
	exit(0);
}
