/* ifs in ifs. */
#pragma D option quiet

BEGIN
{
	if (1) {
		if (1) {
			x = 1;
			if (x) printf("a\n");
		} else {
			printf("b\n");
		}
		printf("c\n");
	}
	exit(0);
}
