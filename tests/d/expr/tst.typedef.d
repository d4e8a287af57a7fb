/* typedef names in declarations and casts */
#pragma D option quiet

typedef uint8_t byte_t;
typedef struct pair { int x; int y; } pair_t;
byte_t v;
pair_t p;

BEGIN
{
	v = 300;
	printf("%d\n", v);
	printf("%d\n", (byte_t)257);
	p.x = 3;
	printf("%d\n", p.x);
	printf("%d\n", sizeof (pair_t));
	exit(0);
}
