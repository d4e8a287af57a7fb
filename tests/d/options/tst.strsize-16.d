/* strsize 16: a string has at most 15 bytes */
#pragma D option quiet

#pragma D option strsize=16

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
