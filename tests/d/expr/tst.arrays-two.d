/* An array of arrays */
#pragma D option quiet

short m[2][3];

BEGIN
{
	m[1][2] = 5; i = 1; j = 2; m[0][j] = 4; m[i - 1][i] = 9;
	printf("%d\n", m[1][2]);
	printf("%d\n", m[i][j]);
	printf("%d\n", m[0][2]);
	printf("%d\n", m[0][1]);
	printf("%d\n", sizeof (m[0]));
	exit(0);
}
