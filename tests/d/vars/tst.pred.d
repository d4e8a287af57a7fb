/* A predicate reads what an earlier clause assigned. */
#pragma D option quiet

BEGIN
{
	ok = 1;
}
BEGIN
/ok == 1/
{
	printf("yes\n");
}
BEGIN
/ok != 1/
{
	printf("no\n");
}
BEGIN
{
	exit(0);
}
