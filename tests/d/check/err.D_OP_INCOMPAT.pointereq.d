/* Nor are they compared. */
int *p;
char *q;
BEGIN
/p == q/
{
}
