/* tracemem of just a line */
BEGIN
{
	this->p = (char *)alloca(16);
	bcopy("ABCDEFGHIJKLMNO", this->p, 16);
	tracemem(this->p, 16);
	exit(0);
}
