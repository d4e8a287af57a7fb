/* &=, |= and ^=. */
#pragma D option quiet

BEGIN
{
	x = 0xff;
	x &= 0x3c;
	printf("%x ", x);
	x |= 0x81;
	printf("%x ", x);
	x ^= 0xff;
	printf("%x\n", x);
	exit(0);
}
