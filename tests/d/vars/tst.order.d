/* An assignment in an earlier clause of the text declares, whenever it runs. */
#pragma D option quiet

END
{
	x = 2;
	printf("%d\n", x);
}
BEGIN
{
	printf("%d\n", x);
	exit(0);
}
