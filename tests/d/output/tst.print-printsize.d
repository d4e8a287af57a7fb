/* printsize bounds what print prints */
#pragma D option quiet

#pragma D option printsize=80

struct s { int a[100]; };

BEGIN
{
	this->p = (struct s *)alloca(sizeof (struct s));
	print(*this->p);
	printf("\n");
	exit(0);
}
