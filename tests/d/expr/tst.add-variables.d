/* Addition of variables: wraps at the width of the type */
#pragma D option quiet

BEGIN
{
	a = (int)2147483647; b = (int)1;
	printf("%d\n", a + b);
	c = (uint32_t)4294967295; d = (uint32_t)2;
	printf("%u\n", c + d);
	e = 9223372036854775807LL; f = 2LL;
	printf("%d\n", e + f);
	exit(0);
}
