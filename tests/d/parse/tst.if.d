/* if without else. */
#pragma D option quiet

BEGIN
{
	if (1) printf("a\n");
	if (0) printf("b\n");
	if (1) { printf("c\n"); printf("d\n"); }
	if (0) { printf("e\n"); }
	if (1) ;
	if (1) { }
	exit(0);
}
