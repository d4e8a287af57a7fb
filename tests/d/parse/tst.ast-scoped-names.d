/* Names with a backquote belong to the kernel or a module of it. */
BEGIN { x = `a; y = mod`b; z = &`c; }
