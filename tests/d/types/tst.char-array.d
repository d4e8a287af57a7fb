/* A char array is a string where one is wanted. */
#pragma D option quiet

struct s { char name[6]; };
struct s v;
BEGIN
{
	v.name[0] = 'd';
	v.name[1] = 't';
	x = v.name;
	printf("%s %s %d %d %s\n", v.name, x, v.name == "dt", strlen(v.name), strjoin(v.name, "race"));
	exit(0);
}
