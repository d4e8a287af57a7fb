/* Thread-local strings. */
#pragma D option quiet

BEGIN
{
	self->name = "first";
	self->name = strjoin(self->name, "+second");
	printf("%s\n", self->name);
	exit(0);
}
