/* %c of a character constant, a char and an int */
#pragma D option quiet

BEGIN
{
	printf("%c%c%c\n", 'a', (char)98, 99);
	exit(0);
}
