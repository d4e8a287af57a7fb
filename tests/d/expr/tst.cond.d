/* ?: takes one side */
#pragma D option quiet

BEGIN
{
	i = 5;
	printf("%d\n", i > 3 ? 1 : 2);
	printf("%d\n", i > 7 ? 1 : 2);
	printf("%s\n", i ? "yes" : "no");
	printf("%s\n", !i ? "yes" : "no");
	exit(0);
}
