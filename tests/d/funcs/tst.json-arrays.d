/* json takes elements of arrays */
#pragma D option quiet

BEGIN
{
	j = "[10, [20, 21], {\"k\": [-1.5e3]}, \"s\"]";
	printf("[%s]\n", json(j, "[0]"));
	printf("[%s]\n", json(j, "[1][1]"));
	printf("[%s]\n", json(j, "[1]"));
	printf("[%s]\n", json(j, "[2].k[0]"));
	printf("[%s]\n", json(j, "[3]"));
	printf("%d\n", json(j, "[4]") == NULL);
	printf("%d\n", json(j, "[1][2]") == NULL);
	exit(0);
}
