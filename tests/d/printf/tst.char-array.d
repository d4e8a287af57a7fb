/* %s of a char array ends at the NUL */
#pragma D option quiet

BEGIN
{
	this->b = (char *)alloca(4);
	bcopy("ab", this->b, 3);
	printf("<%s>\n", stringof(this->b));
	exit(0);
}
