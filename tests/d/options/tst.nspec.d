/* nspec: so many speculations at once */
#pragma D option quiet

#pragma D option nspec=2

BEGIN
{
	a = speculation();
	b = speculation();
	printf("%d %d\n", a != 0, b != 0);
	exit(0);
}
