/* Nor less. */
BEGIN
/execname < 1/
{
}
