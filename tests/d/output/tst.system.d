/* system: its output stands where the action does */
#pragma D option quiet

BEGIN
{
	printf("before\n");
	system("echo %s %d", "middle", 42);
	printf("after\n");
	exit(0);
}
