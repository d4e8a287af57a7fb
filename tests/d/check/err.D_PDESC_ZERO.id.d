/* Nor a probe of this number. */
4294967295
{
}
