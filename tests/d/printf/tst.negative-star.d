/* a negative precision is none */
#pragma D option quiet

BEGIN
{
	printf("<%.*d>\n", -1, 42);
	exit(0);
}
