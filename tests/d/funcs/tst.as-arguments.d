/* Functions in arguments of functions, in keys and in conditions */
#pragma D option quiet

BEGIN
{
	a[strlen("four"), toupper("k")] = index("xyz", "z");
	printf("%d\n", a[4, "K"]);
	printf("%s\n", strlen(substr("abc", 1)) == 2 ? basename("/a/b") : dirname("/a/b"));
	printf("%d\n", strlen(strjoin(lltostr(12), lltostr(345))));
	exit(0);
}
