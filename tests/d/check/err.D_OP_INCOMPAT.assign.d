/* The first assignment says the type. */
BEGIN
{
	x = 1;
	x = "one";
}
