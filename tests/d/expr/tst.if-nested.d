/* if in if: an else belongs to the nearest */
#pragma D option quiet

BEGIN
{
	i = 1; j = 0;
	if (i)
		if (j)
			printf("both\n");
		else
			printf("only i\n");
	if (i) {
		if (j)
			printf("both\n");
	} else
		printf("not i\n");
	if (i && !j || i / j) {
		i = 5;
		if (i > 4) { this->t = i; printf("%d\n", this->t); }
	}
	exit(0);
}
