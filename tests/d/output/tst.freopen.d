/* freopen: to a file and back */
#pragma D option quiet

BEGIN
{
	printf("first\n");
	freopen("/dev/null");
	printf("lost\n");
	freopen("");
	printf("last\n");
	exit(0);
}
