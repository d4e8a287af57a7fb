/* pcap() wants a protocol. */
BEGIN
{
	pcap(arg0);
}
