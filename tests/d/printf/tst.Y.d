/* %Y of times in UTC */
#pragma D option quiet

BEGIN
{
	printf("%Y\n", (uint64_t)0);
	printf("%Y\n", (uint64_t)1795232700999999999);
	printf("<%25Y>\n", (uint64_t)951826554000000000);
	exit(0);
}
