/* strsize 4096: a string has at most 4095 bytes */
#pragma D option quiet

#pragma D option strsize=4096

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
