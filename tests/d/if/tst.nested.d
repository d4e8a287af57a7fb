/* An else belongs to the nearest if. */
#pragma D option quiet

BEGIN
{
	a = 1;
	b = 0;
	if (a)
		if (b)
			printf("both\n");
		else
			printf("a\n");
	printf("end\n");
	exit(0);
}
