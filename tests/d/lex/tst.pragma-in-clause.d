/* Pragmas may stand anywhere, also between statements. */
BEGIN
{
#pragma D option quiet
	printf("a\n");
	#  pragma  D  option  strsize = 100
	exit(0);
}
