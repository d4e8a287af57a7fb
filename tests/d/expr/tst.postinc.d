/* ++ and -- behind a variable: the old value */
#pragma D option quiet

BEGIN
{
	i = 5;
	printf("%d\n", i++);
	printf("%d\n", i--);
	printf("%d\n", i);
	u = (uint8_t)0; u--;
	printf("%d\n", u);
	printf("%d\n", i++ + i++);
	printf("%d\n", i);
	exit(0);
}
