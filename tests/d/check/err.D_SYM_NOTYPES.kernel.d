/* There are no symbols of the kernel here. */
BEGIN
{
	trace(`jiffies);
}
