/* A string that was never set is empty, and so equal to NULL. */
#pragma D option quiet

self string t;
BEGIN
{
	s = "x";
	printf("%d %d %d %d\n", s == NULL, self->t == NULL, self->t != NULL, self->t == "");
	self->t = "y";
	printf("%d\n", self->t != NULL);
	exit(0);
}
