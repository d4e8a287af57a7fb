/* ?: binds to the right, and only one side is evaluated */
#pragma D option quiet

BEGIN
{
	n = 0; i = 2;
	printf("%s\n", i == 1 ? "one" : i == 2 ? "two" : "many");
	printf("%d\n", i ? i : n++);
	printf("%d\n", n);
	exit(0);
}
