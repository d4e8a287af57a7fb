/* Nor what is run. */
BEGIN
{
	speculate(1);
	system("date");
}
