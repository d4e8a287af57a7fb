/* ++ and -- before a variable: the new value */
#pragma D option quiet

BEGIN
{
	i = 5;
	printf("%d\n", ++i);
	printf("%d\n", --i);
	printf("%d\n", - --i);
	c = (int8_t)127;
	printf("%d\n", ++c);
	exit(0);
}
