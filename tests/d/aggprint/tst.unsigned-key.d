/* an unsigned key */
#pragma D option quiet

BEGIN
{
	@[(uint32_t)4294967295] = count();
	exit(0);
}
