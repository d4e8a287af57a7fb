/* Also when it stands under an if. */
BEGIN
{
	if (pid == 1)
		trace(1);
	speculate(1);
}
