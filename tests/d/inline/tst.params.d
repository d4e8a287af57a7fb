/* An inline with parameters. */
#pragma D option quiet

inline int larger[int a, int b] = a > b ? a : b;
inline string greet[string who] = strjoin("hello ", who);
BEGIN
{
	printf("%d %d %s\n", larger[1, 2], larger[larger[5, 3], 4], greet["you"]);
	exit(0);
}
