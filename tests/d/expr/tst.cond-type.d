/* ?: has the common type of its sides */
#pragma D option quiet

BEGIN
{
	printf("%d\n", sizeof (1 ? (char)1 : 2L));
	printf("%d\n", sizeof (1 ? (char)1 : (char)2));
	t = 1;
	printf("%u\n", t ? -1 : 0u);
	exit(0);
}
