/* alloca gives scratch memory that is zero and aligned */
#pragma D option quiet

BEGIN
{
	p = (char *)alloca(5); q = (char *)alloca(1);
	printf("%d\n", p[0] + p[4]);
	printf("%d\n", (long)p % 8 + (long)q % 8);
	printf("%d\n", q - p >= 5);
	p[4] = 7;
	printf("%d\n", q[0]);
	exit(0);
}
