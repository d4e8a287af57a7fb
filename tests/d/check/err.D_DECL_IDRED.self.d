/* Thread-local variables have one type as well. */
self int x;
self string x;
