/* %ws and %wc */
#pragma D option quiet

BEGIN
{
	printf("<%ws> <%wc>\n", "wide", 0x20ac);
	exit(0);
}
