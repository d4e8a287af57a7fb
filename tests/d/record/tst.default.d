/* A clause without actions records that it fired; one whose predicate is 0, or that only stores, records nothing; trunc() does */
BEGIN { }
BEGIN /0/ { }
BEGIN /id == 1/ { }
BEGIN { x = 1; self->y = 2; @a = count(); }
BEGIN /x == 2/ { trace(5); }
BEGIN { exit(0); }
END { trunc(@a); }
