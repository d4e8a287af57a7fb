/* Actions with their values, keys of an aggregation, stacks */
#pragma D option quiet
BEGIN { printf("%d %s\n", pid, execname); trace(ustack(3)); @a[execname, ustack()] = lquantize(arg0, 0, 100, 10); exit(1); }
END { printa("%@d\n", @a); trunc(@a, 5); tracemem(copyin(arg0, 16), 16); }
