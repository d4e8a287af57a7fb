/* A symbol of the kernel may be declared, but not read. */
extern unsigned long jiffies;
BEGIN
{
	trace(jiffies);
}
