/* Clocks go on, and stand still within a firing. */
#pragma D option quiet

BEGIN
{
	t = timestamp;
	printf("%d %d\n", t == timestamp, walltimestamp > 1600000000000000000);
}
END
{
	printf("%d\n", timestamp > t);
}
BEGIN
{
	exit(0);
}
