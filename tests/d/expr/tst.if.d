/* if and else */
#pragma D option quiet

BEGIN
{
	i = 3;
	if (i == 3)
		printf("three\n");
	if (i == 4) {
		printf("four\n");
	} else {
		printf("not four\n");
	}
	if (i < 0)
		printf("negative\n");
	else if (i == 0)
		printf("zero\n");
	else if (i == 3)
		printf("found\n");
	else
		printf("other\n");
	exit(0);
}
