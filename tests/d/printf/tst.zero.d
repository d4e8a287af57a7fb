/* the flag 0 */
#pragma D option quiet

BEGIN
{
	printf("<%05d> <%08x> <%05d>\n", 42, 0xbeef, -42);
	exit(0);
}
