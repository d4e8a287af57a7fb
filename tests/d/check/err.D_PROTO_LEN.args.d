/* args[] has one index. */
proc:::exit
{
	trace(args[0, 1]);
}
