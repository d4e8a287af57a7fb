/* The first assignment says the type. */
#pragma D option quiet

BEGIN
{
	a = 1;
	b = 1l;
	c = 'c';
	d = (char)1;
	e = timestamp;
	printf("%d %d %d %d %d\n", sizeof (a), sizeof (b), sizeof (c), sizeof (d), sizeof (e));
	a = 0x1ffffffff;
	printf("%d\n", a);
	exit(0);
}
