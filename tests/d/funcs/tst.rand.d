/* rand is not negative and not always the same */
#pragma D option quiet

BEGIN
{
	printf("%d\n", rand() >= 0);
	a = rand(); b = rand(); c = rand();
	printf("%d\n", a == b && b == c);
	exit(0);
}
