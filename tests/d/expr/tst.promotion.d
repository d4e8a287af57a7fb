/* Narrow integers are int in expressions */
#pragma D option quiet

BEGIN
{
	a = (int8_t)100; b = (int8_t)100;
	printf("%d\n", a + b);
	printf("%d\n", sizeof (a + b));
	u = (uint8_t)1;
	printf("%d\n", u - 2);
	printf("%d\n", sizeof (u));
	printf("%d\n", sizeof (-u));
	exit(0);
}
