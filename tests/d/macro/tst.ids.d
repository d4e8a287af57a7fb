/* The others are numbers, too. */
#pragma D option quiet

BEGIN
{
	printf("%d %d %d %d\n", $uid == uid, $gid == gid, $euid >= 0, $egid >= 0);
	printf("%d %d %d\n", $ppid >= 0, $pgid >= 0, $sid >= 0);
	printf("%d %d\n", $projid, $taskid);
	exit(0);
}
