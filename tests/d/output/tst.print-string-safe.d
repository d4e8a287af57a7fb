/* print of a string: escapes as in C */
#pragma D option quiet

BEGIN
{
	print("a\n\"b\001"); printf("\n");
	exit(0);
}
