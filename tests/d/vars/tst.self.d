/* self-> variables belong to the thread, this-> ones to the firing. */
#pragma D option quiet

self int a;
this int b;
BEGIN
{
	self->a = 1;
	this->b = 2;
	a = 3;
	b = 4;
	printf("%d %d %d %d\n", self->a, this->b, a, b);
}
BEGIN
{
	printf("%d %d\n", self->a, this->b);
	exit(0);
}
