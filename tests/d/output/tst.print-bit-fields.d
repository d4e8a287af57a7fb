/* print of bit-fields */
#pragma D option quiet

struct s { unsigned a : 3; int b : 4; unsigned c : 1; };

BEGIN
{
	this->p = (struct s *)alloca(sizeof (struct s));
	bcopy("\375", this->p, 1);
	print(*this->p);
	printf("\n");
	exit(0);
}
