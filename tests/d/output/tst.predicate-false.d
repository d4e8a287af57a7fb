/* a false predicate leaves no line */
BEGIN /0/ { trace(1); }
BEGIN { exit(0); }
