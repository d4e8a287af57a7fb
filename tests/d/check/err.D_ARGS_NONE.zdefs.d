/* -Z lets a description match nothing, but then there are no arguments either. */
nosuch:::probe
{
	trace(args[0]);
}
