/* The assignment operator &= */
#pragma D option quiet

BEGIN
{
	i = 12;
	printf("%d\n", i &= 10);
	printf("%d\n", i);
	self->s = 12; self->s &= 10;
	printf("%d\n", self->s);
	x["k"] = 12; x["k"] &= 10;
	printf("%d\n", x["k"]);
	exit(0);
}
