/* arguments are expressions */
#pragma D option quiet

BEGIN
{
	x = 5;
	printf("%d %s %d\n", x * 2 + 1, x > 3 ? "big" : "small", sizeof (int));
	exit(0);
}
