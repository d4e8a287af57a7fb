/* Elements that are strings; "" deletes */
#pragma D option quiet

BEGIN
{
	n["a"] = "first"; n["b"] = "second";
	printf("%s %s\n", n["a"], n["b"]);
	printf("%s\n", n["c"]);
	n["a"] = "";
	printf("%d\n", n["a"] == NULL);
	printf("%s\n", n["b"]);
	exit(0);
}
