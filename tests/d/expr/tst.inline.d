/* An inline stands for its expression */
#pragma D option quiet

inline int FOUR = 2 + 2;
inline int TWICE[int n] = n * 2;
inline string NAME = "it";

BEGIN
{
	printf("%d\n", FOUR);
	printf("%d\n", TWICE[21]);
	i = 3;
	printf("%d\n", TWICE[i + 1]);
	printf("%s\n", NAME);
	exit(0);
}
