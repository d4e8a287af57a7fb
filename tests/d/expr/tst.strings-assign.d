/* Strings are copied by value */
#pragma D option quiet

BEGIN
{
	a = "one"; b = a; a = "two";
	printf("%s\n", a);
	printf("%s\n", b);
	x["k"] = b; b = "three";
	printf("%s\n", x["k"]);
	self->s = x["k"]; x["k"] = "";
	printf("%s\n", self->s);
	printf("%s\n", x["k"]);
	exit(0);
}
