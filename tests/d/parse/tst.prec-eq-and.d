/* == != bind closer than &. */
#pragma D option quiet

BEGIN
{
	printf("%d\n", 6 & 2 == 2);
	printf("%d\n", 1 & 2 != 3);
	printf("%d\n", (6 & 2) == 2);
	exit(0);
}
