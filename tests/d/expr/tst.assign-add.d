/* The assignment operator += */
#pragma D option quiet

BEGIN
{
	i = 10;
	printf("%d\n", i += 3);
	printf("%d\n", i);
	self->s = 10; self->s += 3;
	printf("%d\n", self->s);
	x["k"] = 10; x["k"] += 3;
	printf("%d\n", x["k"]);
	exit(0);
}
