/* A pointer steps by what it points to. */
#pragma D option quiet

BEGIN
{
	p = (int *)arg0;
	q = p;
	p++;
	++p;
	printf("%d %d\n", (uint64_t)p - (uint64_t)q, p - q);
	p--;
	p -= 1;
	printf("%d\n", p == q);
	exit(0);
}
