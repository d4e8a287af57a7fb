/* A sequence that C does not have stands for itself. */
#pragma D option quiet

BEGIN
{
	printf("%d\n", strlen("a\qb"));
	exit(0);
}
