/* The order of strings is that of their bytes. */
#pragma D option quiet

BEGIN
{
	s = "b";
	printf("%d %d %d %d\n", s < "c", s > "a", s <= "b", s >= "ba");
	printf("%d %d\n", "Z" < "a", "\377" > "a");
	exit(0);
}
