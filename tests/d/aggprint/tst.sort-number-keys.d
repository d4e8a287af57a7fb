/* keys that are numbers are sorted as numbers */
#pragma D option quiet

#pragma D option aggsortkey
BEGIN
{
	@[10] = count();
	@[9] = count();
	@[-1] = count();
	exit(0);
}
