/* Built-in variables of BEGIN */
#pragma D option quiet

BEGIN
{
	printf("%s:%s:%s:%s\n", probeprov, probemod, probefunc, probename);
	printf("%d\n", id);
	printf("%d\n", epid);
	printf("%d\n", pid == $pid);
	printf("%d\n", ppid == $ppid);
	printf("%d\n", uid == $uid && gid == $gid);
	printf("%d\n", timestamp > 0 && walltimestamp > 1600000000000000000);
	printf("%d\n", timestamp == timestamp);
	printf("%s\n", execname);
	printf("%d\n", errno);
	exit(0);
}
