/* Less, greater of signed numbers */
#pragma D option quiet

BEGIN
{
	i = -5; j = 3;
	printf("%d\n", i < j);
	printf("%d\n", i > j);
	printf("%d\n", i <= -5);
	printf("%d\n", i >= -4);
	printf("%d\n", j >= 3);
	printf("%d\n", j > 3);
	exit(0);
}
