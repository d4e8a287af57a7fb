/* A division beside comments. */
#pragma D option quiet

BEGIN
{
	printf("%d %d\n", 8/ /* by */ 2, 9 /*x*// 3);
	exit(0);
}
