/* No conversion at all; %% is none. */
BEGIN
{
	printf("100%%\n", 1);
}
