/* Nor in a predicate. */
BEGIN
/trace(1)/
{
}
