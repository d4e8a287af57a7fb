/* %s under rawbytes */
#pragma D option quiet

#pragma D option rawbytes

BEGIN
{
	printf("%s|\n", "a\033b\tc");
	exit(0);
}
