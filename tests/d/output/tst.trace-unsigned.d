/* trace of unsigned integers */
BEGIN
{
	trace((uint8_t)255);
	trace((uint16_t)65535);
	trace((uint32_t)4294967295);
	trace(18446744073709551615ull);
	exit(0);
}
