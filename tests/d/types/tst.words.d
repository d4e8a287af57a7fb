/* The words of integer types in any order. */
#pragma D option quiet

unsigned long int a;
long unsigned b;
int short c;
long long int d;
unsigned e;
signed char f;
BEGIN
{
	printf("%d %d %d %d %d %d\n", sizeof (a), sizeof (b), sizeof (c), sizeof (d), sizeof (e), sizeof (f));
	exit(0);
}
