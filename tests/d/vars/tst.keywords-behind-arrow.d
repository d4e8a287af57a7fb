/* A name behind self-> may be that of a function or a built-in variable. */
#pragma D option quiet

BEGIN
{
	self->pid = 1;
	this->strlen = 2;
	printf("%d %d\n", self->pid, this->strlen);
	exit(0);
}
