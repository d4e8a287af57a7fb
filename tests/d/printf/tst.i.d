/* %i is %d */
#pragma D option quiet

BEGIN
{
	printf("%i %i\n", -42, (uint8_t)200);
	exit(0);
}
