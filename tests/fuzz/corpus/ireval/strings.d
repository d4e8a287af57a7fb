BEGIN
{
	a = strjoin(basename("/usr/lib/"), dirname("/a/b")); b = cleanpath("/a/./b/../c"); c = substr(a, -3, 2);
	d = index("abcabc", "ca", 1) + rindex("abcabc", "bc") + strlen(c); e = strstr("haystack", "st"); f = strtok("x,y", ",");
	g = strtok(NULL, ","); h = lltostr(-255, 16); i = strtoll("0x7f", 16); j = json("{\"a\": [1, {\"b\": \"c\"}]}", "a[1].b");
	k = toupper(tolower("MiXed")); l = strchr("abc", 'b'); m = strrchr("abcb", 'b'); n = copyinstr(arg0); o = inet_ntoa((ipaddr_t *)alloca(4));
	p = inet_ntop(10, alloca(16)); q = (char *)copyin(arg0, 8); copyinto(arg2, 4, alloca(8)); r = stringof(q); printf("%s%d%c", r, q[1], *q);
	copyout(alloca(8), arg0, 8); copyoutstr("abc", arg0, 3); bcopy(q, alloca(8), 8); t = rand() % 5; u = progenyof(1); v = htonl(5);
}
ERROR { printf("%d %d %x", arg2, arg4, arg5); }
