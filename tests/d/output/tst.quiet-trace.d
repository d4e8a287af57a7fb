/* quiet: trace has neither columns nor line ends */
#pragma D option quiet
BEGIN
{
	trace(1);
	trace("a");
	trace((char)2);
	exit(0);
}
