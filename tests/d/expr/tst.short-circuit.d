/* The right side of && and || is evaluated only when it decides */
#pragma D option quiet

BEGIN
{
	n = 0; z = 0; one = 1;
	printf("%d\n", z && n++);
	printf("%d\n", n);
	printf("%d\n", one || n++);
	printf("%d\n", n);
	printf("%d\n", one && ++n);
	printf("%d\n", z || ++n);
	printf("%d\n", n);
	printf("%d\n", one ^^ n++);
	printf("%d\n", n);
	exit(0);
}
