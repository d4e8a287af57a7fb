/* The address of a member, and a pointer to a pointer. */
#pragma D option quiet

struct s { int a; int b; };
BEGIN
{
	this->s = (struct s *)alloca(sizeof (struct s));
	this->b = &this->s->b;
	*this->b = 5;
	this->pp = (int **)alloca(8);
	*this->pp = this->b;
	**this->pp += 1;
	printf("%d %d\n", this->s->b, (uint64_t)this->b - (uint64_t)this->s);
	exit(0);
}
