/* An action is no variable. */
BEGIN
{
	x = exit;
}
