/* A typedef is the type that it names. */
#pragma D option quiet

typedef unsigned char byte_t;
typedef byte_t *bytes_t;
typedef struct pair { byte_t a; int b; } pair_t;
byte_t x;
pair_t v;
BEGIN
{
	x = 257;
	v.a = 258;
	v.b = -1;
	printf("%d %d %d %d %d\n", x, v.a, v.b, sizeof (pair_t), sizeof (bytes_t));
	exit(0);
}
