/* dirname: what stands before the last component */
#pragma D option quiet

BEGIN
{
	printf("[%s]\n", dirname("/foo/bar/baz"));
	printf("[%s]\n", dirname("/foo/bar///"));
	printf("[%s]\n", dirname("name"));
	printf("[%s]\n", dirname("name/"));
	printf("[%s]\n", dirname("/"));
	printf("[%s]\n", dirname("///"));
	printf("[%s]\n", dirname("/a"));
	printf("[%s]\n", dirname(""));
	printf("[%s]\n", dirname("a//b"));
	exit(0);
}
