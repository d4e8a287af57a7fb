/* a flag with a value */
#pragma D option quiet

#pragma D option quiet=yes

BEGIN
{
	printf("a\n");
	exit(0);
}
