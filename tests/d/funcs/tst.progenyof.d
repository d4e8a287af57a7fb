/* Nobody descends from a process that cannot be */
#pragma D option quiet

BEGIN
{
	printf("%d\n", progenyof(0x7ffffff0));
	printf("%d\n", progenyof($pid));
	exit(0);
}
