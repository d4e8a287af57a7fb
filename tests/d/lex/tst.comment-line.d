/* // reaches to the end of the line, in clauses and between them. */
#pragma D option quiet

// BEGIN { exit(1); }
BEGIN
{
	printf("a\n"); // printf("b\n");
	// "it's
	exit(0); //
} // the end