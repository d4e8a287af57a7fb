/* The protocol is a constant. */
BEGIN
{
	pcap(arg0, arg1);
}
