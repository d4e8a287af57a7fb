/* A member that is translated itself. */
#pragma D option quiet

struct in { int x; };
struct out { struct in *p; };
translator struct in < long n > { x = n + 1; };
translator struct out < int n > { p = xlate <struct in *> ((long)n * 10); };
BEGIN
{
	printf("%d\n", xlate <struct out *> (4)->p->x);
	exit(0);
}
