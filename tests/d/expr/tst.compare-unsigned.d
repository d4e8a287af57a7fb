/* Less, greater of unsigned numbers */
#pragma D option quiet

BEGIN
{
	u = (uint64_t)18446744073709551615; one = (uint64_t)1;
	printf("%d\n", u > one);
	printf("%d\n", u < one);
	printf("%d\n", one <= u);
	printf("%d\n", u >= u);
	exit(0);
}
