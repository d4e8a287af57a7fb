/* Every name of an integer type, and its size and sign. */
#pragma D option quiet

BEGIN
{
	printf("%d %d %d %d\n", (int8_t)-1, (int16_t)-1, (int32_t)-1, (int64_t)-1);
	printf("%u %u %u %u\n", (uint8_t)-1, (uint16_t)-1, (uint32_t)-1, (uint64_t)-1);
	printf("%u %u %u\n", (uchar_t)-1, (ushort_t)-1, (uint_t)-1);
	printf("%d %d %d %d\n", sizeof (ulong_t), sizeof (longlong_t), sizeof (u_longlong_t), sizeof (size_t));
	printf("%d %d %d %d\n", sizeof (pid_t), sizeof (uid_t), sizeof (off_t), sizeof (dev_t));
	printf("%d %d %d\n", (uid_t)-1 > 0, (pid_t)-1 > 0, (ssize_t)-1 > 0);
	exit(0);
}
