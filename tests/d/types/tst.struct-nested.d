/* Structs in structs, and anonymous ones. */
#pragma D option quiet

struct inner { short a; short b; };
struct outer { int i; struct inner in; union { uint32_t word; uint8_t byte[4]; }; };
struct outer o;
BEGIN
{
	o.in.a = 1;
	o.in.b = 2;
	o.word = 0x01020304;
	printf("%d %d %d %d\n", o.in.a, o.in.b, o.byte[0], o.byte[3]);
	exit(0);
}
