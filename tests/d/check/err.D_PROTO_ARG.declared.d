/* A declaration says them, too. */
int a[string];
BEGIN
{
	a[1] = 1;
}
