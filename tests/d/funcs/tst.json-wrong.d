/* json of a text that is none, or stops, gives nothing */
#pragma D option quiet

BEGIN
{
	printf("%d\n", json("", "a") == NULL);
	printf("%d\n", json("{\"a\": ", "a") == NULL);
	printf("%d\n", json("{\"a\" 1}", "a") == NULL);
	printf("%d\n", json("{\"a\": [1}", "a") == NULL);
	printf("%d\n", json("{\"a\": \"x", "a") == NULL);
	printf("%d\n", json("{\"a\": \"x\\\"y\"}", "a") == "x\\\"y");
	printf("%d\n", json("plain", "a") == NULL);
	exit(0);
}
