/* A stack may be a key of an aggregation, not of an array. */
BEGIN
{
	seen[ustack()] = 1;
}
