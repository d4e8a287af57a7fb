/* Thread-local associative arrays. */
#pragma D option quiet

BEGIN
{
	self->a[pid, "open"] = 3;
	self->a[pid, "open"] *= 2;
	printf("%d %d\n", self->a[pid, "open"], self->a[pid, "close"]);
	exit(0);
}
