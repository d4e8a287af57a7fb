/* Storing 0 deletes; the next read is 0 */
#pragma D option quiet

BEGIN
{
	a["k"] = 5; a["k"] = 0;
	printf("%d\n", a["k"]);
	a["k"] += 3;
	printf("%d\n", a["k"]);
	exit(0);
}
