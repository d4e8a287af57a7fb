/* Assigning 0 frees a self-> variable, which is 0 then. */
#pragma D option quiet

BEGIN
{
	self->t = 7;
	self->t = 0;
	printf("%d\n", self->t);
	exit(0);
}
