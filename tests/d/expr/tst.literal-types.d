/* The type of an integer is the first that holds it */
#pragma D option quiet

BEGIN
{
	printf("%d\n", sizeof (1));
	printf("%d\n", sizeof (2147483648));
	printf("%d\n", sizeof (0xffffffff));
	printf("%d\n", sizeof (1L));
	printf("%d\n", sizeof (1u));
	printf("%d\n", 0xffffffff > 0);
	printf("%d\n", sizeof ('a'));
	exit(0);
}
