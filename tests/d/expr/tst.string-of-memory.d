/* Characters in memory and in arrays become strings */
#pragma D option quiet

struct v { int n; char name[8]; };
struct v v;

BEGIN
{
	p = (char *)alloca(8); p[0] = 'h'; p[1] = 'i'; s = stringof(p);
	printf("%s\n", s);
	printf("%d\n", strlen(stringof(p + 1)));
	v.name[0] = 'o'; v.name[1] = 'k';
	printf("%s\n", v.name);
	printf("%d\n", v.name == "ok");
	printf("%s\n", strjoin(stringof(p), v.name));
	p[0] = 'H';
	printf("%s\n", s);
	exit(0);
}
