/* One above the last element. */
int v[4];
BEGIN
{
	v[4] = 1;
}
