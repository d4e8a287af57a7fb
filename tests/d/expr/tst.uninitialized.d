/* What was never written is 0 or "" */
#pragma D option quiet

int g;
string s;
self int i;
this int i;
int a[int];

BEGIN
{
	printf("%d\n", g);
	printf("%s\n", s);
	printf("%d\n", self->i);
	printf("%d\n", this->i);
	printf("%d\n", a[5]);
	exit(0);
}
