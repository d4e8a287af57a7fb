/* The assignment operator <<= */
#pragma D option quiet

BEGIN
{
	i = 3;
	printf("%d\n", i <<= 4);
	printf("%d\n", i);
	self->s = 3; self->s <<= 4;
	printf("%d\n", self->s);
	x["k"] = 3; x["k"] <<= 4;
	printf("%d\n", x["k"]);
	exit(0);
}
