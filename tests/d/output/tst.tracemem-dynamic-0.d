/* tracemem whose third argument is 0 of 4 */
BEGIN
{
	this->p = (char *)alloca(4);
	bcopy("abc", this->p, 4);
	n = 0;
	tracemem(this->p, 4, n);
	exit(0);
}
