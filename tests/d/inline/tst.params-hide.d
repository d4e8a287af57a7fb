/* A parameter hides a variable of its name. */
#pragma D option quiet

inline int twice[int x] = x * 2;
BEGIN
{
	x = 100;
	printf("%d %d\n", twice[7], twice[x]);
	exit(0);
}
