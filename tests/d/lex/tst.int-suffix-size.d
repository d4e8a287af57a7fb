/* A suffix gives the type: sizes in bytes. */
#pragma D option quiet

BEGIN
{
	printf("%d\n", sizeof (1));
	printf("%d\n", sizeof (1u));
	printf("%d\n", sizeof (1U));
	printf("%d\n", sizeof (1l));
	printf("%d\n", sizeof (1L));
	printf("%d\n", sizeof (1ul));
	printf("%d\n", sizeof (1UL));
	printf("%d\n", sizeof (1ll));
	printf("%d\n", sizeof (1LL));
	printf("%d\n", sizeof (1ull));
	printf("%d\n", sizeof (1ULL));
	printf("%d\n", sizeof (1lu));
	exit(0);
}
