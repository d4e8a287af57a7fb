/* And an address. */
BEGIN
{
	pcap(execname, 1);
}
