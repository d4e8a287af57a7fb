/* A cast binds as unary operators do. */
#pragma D option quiet

BEGIN
{
	printf("%d\n", (char)257 + 1);
	printf("%d\n", -(char)3 * 2);
	printf("%d\n", (int)1 << 2);
	exit(0);
}
