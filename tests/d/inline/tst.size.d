/* A constant inline may be an array's size. */
#pragma D option quiet

inline int N = 3;
int v[N + 1];
BEGIN
{
	printf("%d\n", sizeof (v));
	exit(0);
}
