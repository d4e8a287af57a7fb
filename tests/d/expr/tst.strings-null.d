/* A string that was never set equals NULL and "" */
#pragma D option quiet

string s;
self string t;

BEGIN
{
	printf("%d\n", s == NULL);
	printf("%d\n", s == "");
	s = "x";
	printf("%d\n", s == NULL);
	printf("%d\n", NULL != s);
	printf("%d\n", strlen(self->t));
	exit(0);
}
