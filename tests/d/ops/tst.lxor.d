/* ^^ is exclusive or of truths, and looks at both sides. */
#pragma D option quiet

BEGIN
{
	n = 0;
	printf("%d %d %d %d", 0 ^^ 0, 2 ^^ 0, 0 ^^ 3, 2 ^^ 3);
	printf(" %d", 1 ^^ n++);
	printf(" %d\n", n);
	exit(0);
}
