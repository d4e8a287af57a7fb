/* A character constant is an int. */
#pragma D option quiet

BEGIN
{
	printf("%d\n", sizeof ('a'));
	exit(0);
}
