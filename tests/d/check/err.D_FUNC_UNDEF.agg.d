/* Nor such an aggregating function. */
BEGIN
{
	@a = median(1);
}
