/* if with else. */
#pragma D option quiet

BEGIN
{
	x = 2;
	if (x == 1) printf("1\n"); else printf("not 1\n");
	if (x == 2) { printf("2\n"); } else { printf("not 2\n"); }
	if (x == 3) { printf("3\n"); } else printf("not 3\n");
	exit(0);
}
