/* It is a constant. */
proc:::exit
{
	trace(args[arg1]);
}
