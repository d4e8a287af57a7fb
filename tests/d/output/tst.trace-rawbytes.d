/* rawbytes: trace of a string is a dump */
#pragma D option rawbytes
BEGIN
{
	trace("abc");
	exit(0);
}
