/* Below the first element. */
struct s { char name[8]; };
struct s v;
BEGIN
{
	v.name[-1] = 'x';
}
