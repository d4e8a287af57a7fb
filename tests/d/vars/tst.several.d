/* Several names in one declaration, each with its own stars and brackets. */
#pragma D option quiet

int a, *b, c[2], d[string];
BEGIN
{
	c[1] = 4;
	d["x"] = 5;
	printf("%d %d %d %d %d\n", a, b == NULL, c[1], d["x"], sizeof (c));
	exit(0);
}
