/* In a predicate, // behind an operator is a comment. */
#pragma D option quiet

BEGIN
/1 && // always
 2/ // and here
{
	printf("a\n");
	exit(0);
}
