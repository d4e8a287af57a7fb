/* && binds before ^^, ^^ before || */
#pragma D option quiet

BEGIN
{
	z = 0; i = 1;
	printf("%d\n", i || i ^^ i);
	printf("%d\n", i ^^ z && z);
	printf("%d\n", (i ^^ i) && z || i);
	exit(0);
}
