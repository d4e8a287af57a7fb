/* Bit-fields behind a pointer leave their neighbours alone */
#pragma D option quiet

struct s { unsigned a : 4; unsigned b : 8; unsigned c : 20; };

BEGIN
{
	p = (struct s *)alloca(sizeof (struct s)); *(uint32_t *)p = 0xffffffff; p->b = 0;
	printf("%x\n", *(uint32_t *)p);
	p->b = 0x5a;
	printf("%x\n", p->b);
	printf("%x\n", p->a);
	printf("%x\n", *(uint32_t *)p);
	exit(0);
}
