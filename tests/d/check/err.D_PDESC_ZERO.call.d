/* There is no such system call. */
syscall::nosuchcall:entry
{
}
