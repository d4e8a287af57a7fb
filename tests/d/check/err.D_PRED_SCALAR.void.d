/* Nothing is not, either. */
BEGIN
/bcopy(NULL, NULL, 0)/
{
}
