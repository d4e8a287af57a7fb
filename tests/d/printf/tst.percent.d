/* %% */
#pragma D option quiet

BEGIN
{
	printf("100%% %d%%\n", 5);
	printf("%%d\n");
	exit(0);
}
