/* A condition on strings, and a variable of the clause that both branches set */
#pragma D option quiet

BEGIN
{
	if (probename == "BEGIN") {
		this->s = "begins";
	} else {
		this->s = "does not";
	}
	printf("%s\n", this->s);
	exit(0);
}
