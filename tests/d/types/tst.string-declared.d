/* A string variable is empty at first. */
#pragma D option quiet

string s;
BEGIN
{
	printf("[%s] %d\n", s, strlen(s));
	s = "now";
	printf("[%s] %d\n", s, strlen(s));
	exit(0);
}
