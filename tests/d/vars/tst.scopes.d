/* The same name in three scopes and as an aggregation. */
#pragma D option quiet

BEGIN
{
	n = 1;
	self->n = 2;
	this->n = 3;
	@n = sum(4);
	printf("%d %d %d\n", n, self->n, this->n);
	printa("%@d\n", @n);
	exit(0);
}
