/* the flag ?: as wide as a pointer */
#pragma D option quiet

BEGIN
{
	printf("<%?x>\n", 255);
	exit(0);
}
