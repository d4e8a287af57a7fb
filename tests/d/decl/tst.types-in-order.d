/* Structs of the library may be used without being declared. */
#pragma D option quiet

BEGIN
{
	printf("%d %d %d %d\n", sizeof (struct timespec), sizeof (struct sockaddr_in), sizeof (in6_addr_t), sizeof (struct iovec));
	printf("%d %d\n", offsetof(struct timespec, tv_nsec), offsetof(struct sockaddr_in, sin_addr));
	exit(0);
}
