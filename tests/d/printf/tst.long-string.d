/* a string as long as strsize allows */
#pragma D option quiet

#pragma D option strsize=32

BEGIN
{
	x = "0123456789abcdef";
	printf("%s %d\n", strjoin(x, x), strlen(strjoin(x, x)));
	exit(0);
}
