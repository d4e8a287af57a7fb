/* json follows a path of members */
#pragma D option quiet

BEGIN
{
	j = "{\"a\": 1, \"b\": {\"c\": \"deep\", \"d\": null}, \"t\": true}";
	printf("[%s]\n", json(j, "a"));
	printf("[%s]\n", json(j, "b.c"));
	printf("[%s]\n", json(j, "b.d"));
	printf("[%s]\n", json(j, "t"));
	printf("[%s]\n", json(j, "b"));
	printf("%d\n", json(j, "x") == NULL);
	printf("%d\n", json(j, "a.b") == NULL);
	printf("%d\n", strtoll(json(j, "a")) + 1);
	exit(0);
}
