/* lltostr writes a number, in another base if asked; 8 and 16 have their prefixes */
#pragma D option quiet

BEGIN
{
	printf("[%s]\n", lltostr(1234));
	printf("[%s]\n", lltostr(-1234));
	printf("[%s]\n", lltostr(0));
	printf("[%s]\n", lltostr(255, 16));
	printf("[%s]\n", lltostr(8, 8));
	printf("[%s]\n", lltostr(5, 2));
	printf("[%s]\n", lltostr(35, 36));
	printf("[%s]\n", lltostr(-1, 16));
	printf("[%s]\n", lltostr(-9223372036854775807 - 1));
	exit(0);
}
