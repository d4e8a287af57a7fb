/* Arrays of arrays. */
#pragma D option quiet

int m[2][3];
BEGIN
{
	m[0][2] = 7;
	m[1][0] = 8;
	printf("%d %d %d %d\n", m[0][2], m[1][0], m[1][2], sizeof (m));
	exit(0);
}
