/* getmajor and getminor take a device number of the kernel apart */
#pragma D option quiet

BEGIN
{
	printf("%d\n", getmajor(0x800001));
	printf("%d\n", getminor(0x800001));
	printf("%d\n", getmajor(0));
	printf("%d\n", getminor(0xfffff));
	exit(0);
}
