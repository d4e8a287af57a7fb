/* A struct may be pointed to before it is defined. */
#pragma D option quiet

struct list;
typedef struct list list_t;
struct list { list_t *next; int value; };
BEGIN
{
	this->a = (list_t *)alloca(sizeof (list_t));
	this->b = (list_t *)alloca(sizeof (list_t));
	this->a->value = 1;
	this->a->next = this->b;
	this->b->value = 2;
	this->b->next = NULL;
	printf("%d %d %d\n", this->a->value, this->a->next->value, this->a->next->next == NULL);
	exit(0);
}
