/* A pointer is true when it is not NULL. */
#pragma D option quiet

BEGIN
{
	p = (int *)0;
	q = (int *)8;
}
BEGIN
/p/
{
	printf("p\n");
}
BEGIN
/q/
{
	printf("q\n");
	exit(0);
}
