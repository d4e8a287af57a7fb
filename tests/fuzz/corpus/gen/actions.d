#pragma D option nspec=2
BEGIN { self->s = speculation(); @a[pid, execname, ustack(2), usym(arg0)] = lquantize(arg1, 0, 10, 2, 3); @b = llquantize(arg1, 10, 0, 3, 10); @c["x"] = avg(-3); }
BEGIN { speculate(self->s); printf("%d %s %k %a", 1, probename, stack(), arg0); trace(timestamp); tracemem(copyin(arg0, 8), 8, 4); }
BEGIN { commit(self->s); }
BEGIN { printa("%@d %s\n", @c); clear(@a); trunc(@b, -2); normalize(@c, 3); denormalize(@c); system("x %d", 1); freopen("/dev/%s", "null"); ftruncate(); setopt("quiet", "1"); raise(3); stop(); chill(5); exit(2); }
END, ERROR { discard(self->s); jstack(3, 100); stack(); func(arg0); print(curpsinfo->pr_psargs); }
