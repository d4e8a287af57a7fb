/* Two pointers have no sum. */
int *p;
BEGIN
{
	trace(p + p);
}
