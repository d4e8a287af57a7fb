#pragma D option quiet
struct p { int x; char c; unsigned f : 3; int g : 5; short arr[4]; };
struct q { struct p a; struct p b[2]; char name[8]; };
struct q glob;
this struct p loc;
int arr2[5];
BEGIN
{
	i = 5; i += 3; i <<= 2; printf("%d\n", i);
	printf("%d %d %d\n", -7 / 2, -7 % 3, 7u / 2);
	self->x = "hello"; printf("[%s] [%s]\n", self->x, self->y = "q");
	a["k", 3] = 7; a["k", 3]++; printf("%d %d\n", a["k", 3], a["k", 4]);
	this->loc.x = 4; this->loc.f = 13; this->loc.g = -3; this->loc.arr[2] = 9; this->loc.arr[i - 31] = 8;
	printf("%d %d %d %d %d\n", this->loc.x, this->loc.f, this->loc.g, this->loc.arr[2], this->loc.arr[1]);
	glob.b[1] = this->loc; glob.b[0].c = 'A';
	printf("%d %c\n", glob.b[1].arr[2], glob.b[0].c);
	arr2[3] = 12; arr2[2] = arr2[3]--; printf("%d %d\n", arr2[2], arr2[3]);
	p = (struct p *)alloca(sizeof (struct p)); p->x = 77; p->g = -2; p->arr[1] = 5; printf("%d %d %d\n", p->x, p->g, p->arr[1]);
	ip = (int *)alloca(20); ip[2] = 5; *(ip + 3) = 6; printf("%d %d %d\n", ip[2], *(ip+3), (int)((ip + 3) - ip));
	printf("%s %s %d\n", strjoin("a", "bc"), substr("hello", 1, 3), strlen("abcdef"));
	printf("%d\n", 1 ? 2 : 3); printf("%s\n", i > 3 ? "big" : "small");
	printf("%d %d %d\n", 1 && 0, 0 || 3, 1 ^^ 1);
	printf("%d\n", "abc" < "abd");
	printf("%d %u\n", (char)200, (unsigned char)200);
	x8 = (int8_t)127; x8++; printf("%d\n", x8);
	u8 = (uint8_t)255; u8 += 2; printf("%d\n", u8);
	printf("%d\n", i++ + ++i);
	print(this->loc); print(glob); print(p); print(*p); print(i);
	if (i == 34) { printf("yes\n"); } else if (i > 2) printf("mid\n"); else printf("no\n");
	@c["x"] = count(); @c["x"] = count(); @q = quantize(5); @l = lquantize(7, 0, 10, 2);
	@s[1, "z"] = sum(-4); @d = stddev(4); @d = stddev(8);
	exit(3);
}
END { printa(@c); printa("%s %@d\n", @c); tracemem(alloca(4), 4); }
