/* %T */
#pragma D option quiet

BEGIN
{
	printf("%T\n", (uint64_t)1795232700000000000);
	exit(0);
}
