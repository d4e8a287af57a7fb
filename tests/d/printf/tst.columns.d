/* A record's columns stand before what printf prints, and a line end follows. */
BEGIN
{
	printf("hello");
	exit(0);
}
