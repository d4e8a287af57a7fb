/* strsize 1k: a string has at most 1023 bytes */
#pragma D option quiet

#pragma D option strsize=1k

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
