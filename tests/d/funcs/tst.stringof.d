/* stringof of a pointer reads up to the NUL */
#pragma D option quiet

BEGIN
{
	p = (char *)alloca(4); p[0] = 'x'; p[1] = 'y';
	printf("[%s]\n", stringof(p));
	printf("[%s]\n", stringof(p + 1));
	printf("[%s]\n", stringof "const");
	exit(0);
}
