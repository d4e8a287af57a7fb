/* print of a string */
#pragma D option quiet

BEGIN
{
	print("abc");
	printf("\n");
	exit(0);
}
