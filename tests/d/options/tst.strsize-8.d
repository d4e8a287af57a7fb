/* strsize 8: a string has at most 7 bytes */
#pragma D option quiet

#pragma D option strsize=8

BEGIN
{
	x = "0123456789abcdef";
	y = strjoin(x, x);
	z = strjoin(y, y);
	z = strjoin(z, z);
	z = strjoin(z, z);
	z = strjoin(z, z);
	z = strjoin(z, z);
	z = strjoin(z, z);
	z = strjoin(z, z);
	z = strjoin(z, z);
	printf("%d\n", strlen(z));
	exit(0);
}
