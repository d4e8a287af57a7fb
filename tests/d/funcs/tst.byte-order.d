/* htons and its like turn the bytes round */
#pragma D option quiet

BEGIN
{
	printf("%x\n", htons(0x1234));
	printf("%x\n", ntohs(0x3412));
	printf("%x\n", htonl(0x12345678));
	printf("%x\n", ntohl(0x78563412));
	printf("%x\n", htonll(0x0102030405060708));
	printf("%x\n", ntohll(htonll(0x1122334455667788)));
	printf("%x\n", htons(0xff0001));
	exit(0);
}
