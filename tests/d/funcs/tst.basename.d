/* basename: the last component, without slashes behind it */
#pragma D option quiet

BEGIN
{
	printf("[%s]\n", basename("/foo/bar/baz"));
	printf("[%s]\n", basename("/foo/bar///"));
	printf("[%s]\n", basename("name"));
	printf("[%s]\n", basename("/"));
	printf("[%s]\n", basename("///"));
	printf("[%s]\n", basename(""));
	printf("[%s]\n", basename("/a"));
	printf("[%s]\n", basename("a/."));
	exit(0);
}
