/* Nor what it knows about processors. */
BEGIN
{
	trace(chip);
}
