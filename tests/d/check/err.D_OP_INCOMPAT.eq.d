/* A string is not equal to a number. */
BEGIN
/execname == 1/
{
}
