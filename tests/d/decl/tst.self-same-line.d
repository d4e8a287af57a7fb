/* self and this with several names. */
#pragma D option quiet

self int a, b;
this string s, t;
BEGIN
{
	self->b = 1;
	this->t = "t";
	printf("%d %d [%s] [%s]\n", self->a, self->b, this->s, this->t);
	exit(0);
}
