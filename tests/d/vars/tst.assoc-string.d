/* Arrays of strings. */
#pragma D option quiet

string names[int];
BEGIN
{
	names[1] = "one";
	names[2] = strjoin(names[1], "two");
	printf("[%s] [%s] [%s]\n", names[1], names[2], names[3]);
	exit(0);
}
