/* %c: line end and tab pass, other control characters are made safe */
#pragma D option quiet

BEGIN
{
	printf("a%cb%cc%c\n", 9, 10, 27);
	exit(0);
}
