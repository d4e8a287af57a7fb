/* == and != of integers of different widths and signs. */
#pragma D option quiet

BEGIN
{
	c = (char)-1;
	u = 4294967295u;
	l = 4294967295l;
	printf("%d %d %d %d\n", c == -1, c == u, u == l, l == c);
	printf("%d %d\n", 1 != 1, 1 != 2);
	exit(0);
}
