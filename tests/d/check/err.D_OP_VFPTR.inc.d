/* ++ neither. */
void *p;
BEGIN
{
	p++;
}
