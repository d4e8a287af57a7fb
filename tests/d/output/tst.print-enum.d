/* print of an enumerator, and of a value without a name */
#pragma D option quiet

enum color { RED, GREEN = 5 };

BEGIN
{
	print((enum color)5); printf("\n");
	print((enum color)6); printf("\n");
	exit(0);
}
