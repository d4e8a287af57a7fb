/* bcopy copies within scratch memory */
#pragma D option quiet

BEGIN
{
	p = (char *)alloca(8); q = (char *)alloca(8); p[0] = 'a'; p[1] = 'b'; p[2] = 'c'; bcopy(p, q, 2);
	printf("[%s]\n", stringof(q));
	bcopy(p, p + 1, 3);
	printf("[%s]\n", stringof(p));
	bcopy("text", q, 5);
	printf("[%s]\n", stringof(q));
	exit(0);
}
