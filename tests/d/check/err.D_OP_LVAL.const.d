/* A const variable stays what it is. */
const int x;
BEGIN
{
	x = 1;
}
