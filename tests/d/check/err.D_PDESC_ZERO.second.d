/* Each description of a clause must match. */
BEGIN,
syscall::nosuchcall:entry
{
}
