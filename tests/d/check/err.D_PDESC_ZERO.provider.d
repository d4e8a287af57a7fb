/* There is no such provider. */
nosuch:::entry
{
}
