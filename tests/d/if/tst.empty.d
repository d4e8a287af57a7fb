/* Blocks may be empty. */
#pragma D option quiet

BEGIN
{
	if (pid)
		;
	else {
	}
	if (!pid) {
	}
	printf("end\n");
	exit(0);
}
