/* A typedef counts from its declaration on. */
#pragma D option quiet

typedef short a_t;
typedef struct q { a_t m; } q_t, *qp_t;
typedef qp_t b_t[2];
BEGIN
{
	printf("%d\n", sizeof (a_t));
	printf("%d\n", sizeof (b_t));
	printf("%d\n", sizeof (struct q));
	exit(0);
}
