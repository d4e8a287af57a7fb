/* Arguments may reach over several lines. */
#pragma D option quiet

#define add(a, b) ((a) + (b))
BEGIN
{
	printf("%d\n", add(1,
		add(2,
		3)
	));
	exit(0);
}
