/* stringof of what stands for a string. */
#pragma D option quiet

BEGIN
{
	this->p = (char *)alloca(4);
	this->p[0] = 'h';
	this->p[1] = 'i';
	this->p[2] = 0;
	printf("%s %s\n", stringof(this->p), stringof("there"));
	exit(0);
}
