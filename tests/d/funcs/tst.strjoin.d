/* strjoin puts two strings together */
#pragma D option quiet

BEGIN
{
	printf("[%s]\n", strjoin("ab", "cd"));
	printf("[%s]\n", strjoin("", "x"));
	printf("[%s]\n", strjoin("x", ""));
	printf("[%s]\n", strjoin(strjoin("a", "b"), strjoin("c", strjoin("d", "e"))));
	s = "x"; s = strjoin(s, s); s = strjoin(s, s);
	printf("[%s]\n", s);
	exit(0);
}
