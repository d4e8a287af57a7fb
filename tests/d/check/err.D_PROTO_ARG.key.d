/* The first use of an array says the types of its keys. */
BEGIN
{
	a[1] = 1;
	a["one"] = 2;
}
