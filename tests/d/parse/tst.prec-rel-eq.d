/* < <= > >= bind closer than == !=. */
#pragma D option quiet

BEGIN
{
	printf("%d\n", 1 < 2 == 1);
	printf("%d\n", 0 == 2 < 1);
	printf("%d\n", 3 >= 3 != 0);
	printf("%d\n", 5 > 4 == 4 < 5);
	exit(0);
}
