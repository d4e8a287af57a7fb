/* a line end in a key begins no row */
#pragma D option quiet

BEGIN
{
	@["a\nb"] = count();
	exit(0);
}
