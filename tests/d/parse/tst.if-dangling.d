/* An else belongs to the nearest if. */
#pragma D option quiet

BEGIN
{
	if (1) if (0) printf("a\n"); else printf("b\n");
	if (0) if (0) printf("c\n"); else printf("d\n");
	if (0) { if (1) printf("e\n"); } else printf("f\n");
	exit(0);
}
