/* The message names the type as the script does. */
typedef struct { int a; } s_t;
s_t *p;
BEGIN
{
	trace(p->b);
}
