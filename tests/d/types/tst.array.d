/* Arrays of C: elements by number. */
#pragma D option quiet

int v[5];
BEGIN
{
	v[0] = 1;
	v[4] = 5;
	i = 3;
	v[i] = v[4] * 2;
	v[i - 1]++;
	printf("%d %d %d %d %d\n", v[0], v[1], v[2], v[3], v[4]);
	printf("%d\n", sizeof (v) / sizeof (v[0]));
	exit(0);
}
