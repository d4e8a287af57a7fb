/* curpsinfo and its like say the same as the variables of their own. */
#pragma D option quiet

BEGIN
{
	printf("%d %d %d\n", curpsinfo->pr_pid == pid, curpsinfo->pr_ppid == ppid, curpsinfo->pr_uid == uid);
	printf("%d %d %d\n", curpsinfo->pr_fname == execname, curlwpsinfo->pr_lwpid == tid, curcpu->cpu_id == cpu);
	printf("%d\n", strlen(curpsinfo->pr_psargs) >= strlen(execname));
	exit(0);
}
