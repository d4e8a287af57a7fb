/* There is nothing before args[0]. */
proc:::exit
{
	trace(args[-1]);
}
