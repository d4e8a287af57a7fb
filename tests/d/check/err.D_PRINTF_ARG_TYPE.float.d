/* An integer is no float. */
BEGIN
{
	printf("%f\n", 1);
}
