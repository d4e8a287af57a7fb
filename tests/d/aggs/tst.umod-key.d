/* keys by umod() are modules, whatever addresses they were of */
#pragma D option quiet

BEGIN
{
	@calls[umod(0x401000)] = count();
	@calls[umod(0x401001)] = count();
	@most[umod(0x401002), 1] = max(4);
	@most[umod(0x401000), 1] = max(3);
	@least[umod(0x401000), 1] = min(4);
	@least[umod(0x401003), 1] = min(3);
	@spread["x", umod(0x401000)] = quantize(1);
	@spread["x", umod(0x401004)] = quantize(1);
	exit(0);
}

END
{
	printa("%A %@d\n", @calls);
	printa("%A %d %@d\n", @most);
	printa("%A %d %@d\n", @least);
	printa("%s %A%@d", @spread);
}
