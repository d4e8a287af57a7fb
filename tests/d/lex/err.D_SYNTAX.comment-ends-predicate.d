BEGIN
/1 // one
/
{
}
