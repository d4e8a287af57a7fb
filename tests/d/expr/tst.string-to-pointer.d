/* A string as a pointer is a copy in scratch memory */
#pragma D option quiet

BEGIN
{
	s = "abc"; p = (char *)s;
	printf("%c%c\n", p[0], p[2]);
	printf("%d\n", p[3]);
	p[1] = 'B';
	printf("%s\n", stringof(p));
	printf("%s\n", s);
	exit(0);
}
