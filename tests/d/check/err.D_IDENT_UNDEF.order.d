/* The order of the text counts, not that of the probes. */
END
{
	trace(later);
}

BEGIN
{
	later = 1;
}
