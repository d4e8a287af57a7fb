BEGIN // nothing
{
}
