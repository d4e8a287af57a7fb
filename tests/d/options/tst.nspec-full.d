/* a speculation more than nspec is 0, and counted */
#pragma D option quiet

#pragma D option nspec=1

BEGIN
{
	a = speculation();
	b = speculation();
	printf("%d %d\n", a != 0, b != 0);
	exit(0);
}
