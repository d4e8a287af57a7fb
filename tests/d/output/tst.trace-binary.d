/* trace of a string that is no text: a dump */
BEGIN
{
	trace("\001\002abc");
	exit(0);
}
