/* In a predicate. */
tick-1s
/flag/
{
	flag = 0;
}
