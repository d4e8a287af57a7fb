/* Casts one after the other. */
#pragma D option quiet

int a;

BEGIN
{
	a = -1;
	printf("%d\n", (long)(unsigned int)a);
	printf("%d\n", (long)(unsigned char)a);
	printf("%d\n", (int)(char)255);
	printf("%d\n", (unsigned char)(char)-1);
	printf("%d\n", (int)(unsigned short)-1);
	printf("%d\n", (long)(int)(unsigned int)0xffffffff);
	printf("%d\n", (unsigned int)(char)0x80);
	printf("%d\n", (char)(unsigned int)(long)-2);
	exit(0);
}
