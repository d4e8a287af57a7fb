/* %A of an address without a symbol */
#pragma D option quiet

BEGIN
{
	printf("<%A> <%8A> <%-8A>\n", (uintptr_t)0x10, (uintptr_t)0x20, (uintptr_t)0x30);
	exit(0);
}
