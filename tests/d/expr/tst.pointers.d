/* Pointers into scratch memory: *, [], + and - */
#pragma D option quiet

BEGIN
{
	p = (int *)alloca(16); *p = 1; p[1] = 2; *(p + 2) = 3; q = p + 3; *q = 4;
	printf("%d\n", *p);
	printf("%d\n", p[1]);
	printf("%d\n", *(p + 2));
	printf("%d\n", p[3]);
	printf("%d\n", q - p);
	printf("%d\n", q[-1]);
	q--; (*q)++;
	printf("%d\n", p[2]);
	q -= 2;
	printf("%d\n", *q);
	printf("%d\n", *q++);
	printf("%d\n", *q);
	exit(0);
}
