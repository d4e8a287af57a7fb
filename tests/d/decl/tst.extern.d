/* Declarations of C that a script may bring with it. */
#pragma D option quiet

extern int nobody;
extern int function(int, char *);
typedef unsigned char uint8_t;
BEGIN
{
	printf("%d\n", sizeof (uint8_t));
	exit(0);
}
