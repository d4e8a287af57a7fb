/* Several characters: the first one in the highest byte. */
#pragma D option quiet

BEGIN
{
	printf("%d\n", 'ab');
	printf("%d\n", 'abc');
	printf("%d\n", 'a\n');
	exit(0);
}
