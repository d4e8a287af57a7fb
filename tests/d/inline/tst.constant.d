/* An inline is a name for a constant. */
#pragma D option quiet

inline int LIMIT = 10;
inline string WHO = "world";
BEGIN
{
	printf("%d %s\n", LIMIT * 2, WHO);
	exit(0);
}
