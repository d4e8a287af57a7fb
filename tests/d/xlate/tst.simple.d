/* A translator of a number. */
#pragma D option quiet

struct pair { int half; int rest; };
translator struct pair < int n > {
	half = n / 2;
	rest = n % 2;
};
BEGIN
{
	printf("%d %d\n", xlate <struct pair *> (7)->half, xlate <struct pair> (7).rest);
	exit(0);
}
