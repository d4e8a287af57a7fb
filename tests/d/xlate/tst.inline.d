/* An inline of an xlate looks like a variable. */
#pragma D option quiet

typedef struct me { int number; char name[32]; } me_t;
translator me_t < pid_t p > {
	number = p + 1;
	name = execname;
};
inline me_t *me = xlate <me_t *> (pid);
BEGIN
{
	printf("%d %d\n", me->number == pid + 1, me->name == execname);
	exit(0);
}
