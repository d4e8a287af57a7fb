syscall::[a:entry { }
