/* Two descriptions, two types. */
proc:::exit,
proc:::create
{
	trace(args[0]);
}
