/* A thread-local variable is read before anything assigned it. */
syscall::read:return
/self->start/
{
	self->start = 0;
}
