/* Pointers compare as addresses */
#pragma D option quiet

BEGIN
{
	p = (char *)alloca(8); q = p + 4;
	printf("%d\n", p < q);
	printf("%d\n", p == q - 4);
	printf("%d\n", p != NULL);
	printf("%d\n", (char *)0 == NULL);
	exit(0);
}
