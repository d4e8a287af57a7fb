/* Processes have no probes of their own yet. */
pid1:libc.so.6:malloc:entry
{
}
