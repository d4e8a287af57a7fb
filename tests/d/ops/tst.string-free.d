/* 0 and NULL are what a string variable is before it is assigned. */
#pragma D option quiet

BEGIN
{
	self->s = "x";
	self->s = 0;
	names[1] = "y";
	names[1] = NULL;
	printf("[%s] [%s] [%s]\n", self->s, names[1], pid ? NULL : "z");
	exit(0);
}
