/* Nor unequal. */
BEGIN
/1 != execname/
{
}
