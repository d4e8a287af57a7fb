/* proc:::exit has one argument. */
proc:::exit
{
	trace(args[1]);
}
