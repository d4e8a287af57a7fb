/* Declarators of every shape have a size. */
#pragma D option quiet

int (*f)(int, char *);
int *(*g[3])(void);
char (*h)[7];
BEGIN
{
	printf("%d %d %d %d\n", sizeof (f), sizeof (g), sizeof (h), sizeof (*h));
	exit(0);
}
