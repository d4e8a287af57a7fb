/* Pointers to two types. */
int *p;
char *q;
BEGIN
{
	p = q;
}
