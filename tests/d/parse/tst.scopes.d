/* self-> and this-> before a name; a keyword may be such a name. */
#pragma D option quiet

BEGIN
{
	self->x = 1; this->x = 2; x = 3; self->char = 4; this->if = 5;
	printf("%d%d%d%d%d\n", self->x, this->x, x, self->char, this->if);
	exit(0);
}
