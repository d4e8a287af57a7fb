/* print of a char */
#pragma D option quiet

BEGIN
{
	print('a'); printf("\n");
	print((char)97); printf("\n");
	print((char)10); printf("\n");
	exit(0);
}
