/* %s: UTF-8 stays, and a width counts columns */
#pragma D option quiet

BEGIN
{
	printf("<%4s>\n", "äö");
	exit(0);
}
