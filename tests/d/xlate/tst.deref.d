/* A pointer of xlate may be followed with * as well. */
#pragma D option quiet

struct pair { int half; int rest; };
translator struct pair < int n > {
	half = n / 2;
	rest = n % 2;
};
inline struct pair *seven = xlate <struct pair *> (7);
BEGIN
{
	printf("%d %d %d\n", (*xlate <struct pair *> (9)).half, (*seven).rest, (*curpsinfo).pr_pid == pid);
	exit(0);
}
