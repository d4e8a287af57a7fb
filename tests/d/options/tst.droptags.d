/* droptags: the tag before the message */
#pragma D option quiet

#pragma D option nspec=1
#pragma D option droptags

BEGIN
{
	a = speculation();
	b = speculation();
	exit(0);
}
