/* ^^ is 1 where exactly one side is not 0 */
#pragma D option quiet

BEGIN
{
	i = 5; z = 0;
	printf("%d\n", i ^^ z);
	printf("%d\n", z ^^ i);
	printf("%d\n", z ^^ z);
	printf("%d\n", i ^^ 7);
	exit(0);
}
