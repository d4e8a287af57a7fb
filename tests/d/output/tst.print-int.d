/* print of integers: type and hexadecimal value */
#pragma D option quiet

BEGIN
{
	print(5);
	printf("\n");
	print((uint64_t)255);
	printf("\n");
	print(-1);
	printf("\n");
	exit(0);
}
