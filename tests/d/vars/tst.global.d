/* A global variable is 0 before it is assigned, and stays what it is between clauses. */
#pragma D option quiet

int x;
BEGIN
{
	printf("%d\n", x);
	x = 5;
}
BEGIN
{
	x += 2;
}
BEGIN
{
	printf("%d\n", x);
	exit(0);
}
