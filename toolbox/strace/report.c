/* SPDX-License-Identifier: GPL-2.0-only
 * Lines of calls, signals and ends: see report.h.
 */
#include "report.h"
#include "count.h"
#include "fdnames.h"
#include "kinds.h"
#include "parts.h"
#include "say.h"
#include "stack.h"

#include <inttypes.h>
#include <string.h>

enum { RESTART_BLOCK = 516 }; /* ERESTART_RESTARTBLOCK */

static const struct options *opt;
static struct decode_options decode[ABI_COUNT]; /* the sets of -e raw differ by ABI */
static struct lookup lookup;
static bool staging;

void report_init(const struct options *o)
{
	opt = o;
	for (unsigned abi = 0; abi < ABI_COUNT; abi++) {
		decode[abi] = o->decode;
		decode[abi].raw_rows = o->raw_set ? o->raw.rows[abi] : NULL;
		decode[abi].verbose_rows = o->verbose_set ? o->verbose.rows[abi] : NULL;
		decode[abi].abbrev_rows = o->abbrev_set ? o->abbrev.rows[abi] : NULL;
	}
	fdnames_init(o->fds, o->decode.hex);
	lookup.fd = o->fds ? fdnames_fd : NULL;
	lookup.comm = o->pids_as & PID_COMM ? fdnames_comm : NULL;
	lookup.ifname = sockinfo_ifname;
	lookup.netlink = sockinfo_netlink;
	lookup.dns = o->decode.dns ? sockinfo_dns : NULL;
	staging = o->status != STATUS_ALL && !o->count_only;
}

static bool silent(const struct thread *th)
{
	return th->hidden || opt->count_only;
}

static void report_abi(struct thread *th)
{
	enum abi abi = th->t->call.abi;

	if (abi == th->abi)
		return;
	th->abi = abi;
	if (th->hidden || (opt->quiet & QUIET_PERSONALITY))
		return;
	struct out *o = line_begin(th);
	out_printf(o, "[ Process PID=%d runs in %d bit mode. ]", (int)th->t->tid, abi == ABI_I386 ? 32 : 64);
	line_end(th);
}

static bool is_restart(const struct call *c)
{
	return !strcmp(c->row->name, "restart_syscall");
}

/* Where the line of a call or signal came from. */
static void report_stack(struct thread *th)
{
	static struct out text;

	if (!opt->stacks)
		return;
	out_reset(&text);
	stack_put(th->t, &text);
	line_add(th, &text);
}

/* Who ends has no stack any more when its line is written. */
static void keep_stack(struct thread *th)
{
	const char *name = th->t->call.row->name;

	if (!opt->stacks || (strcmp(name, "exit") != 0 && strcmp(name, "exit_group") != 0))
		return;
	out_reset(&th->stack);
	stack_put(th->t, &th->stack);
}

void report_choose(struct thread *th)
{
	struct call *c = &th->t->call;

	report_abi(th);
	c->row = decode_row(c->abi, c->nr);
	decode_unwrap(c);
	/* What comes before the execve of the command is ours. */
	if (th->hidden && !strncmp(c->row->name, "execve", 6))
		th->hidden = false;
	th->printed = th->staged = false;
	th->selected = !th->hidden && filter_has(&opt->trace, c->abi, c->row);
	if (th->selected) {
		c->opt = &decode[c->abi];
		c->lookup = &lookup;
		if (filter_has_paths())
			th->selected = filter_touches_path(c);
	}
}

void report_entry(struct thread *th)
{
	struct call *c = &th->t->call;

	if (!th->selected || opt->count_only)
		return;
	keep_stack(th);
	th->staged = staging;
	c->out = line_begin(th);
	if (is_restart(c)) {
		c->next = c->row->n_args;
		c->ret_text = NULL;
		out_printf(c->out, "%s(<... resuming interrupted %s ...>", c->row->name,
			   th->last ? th->last->name : "system call");
	} else {
		decode_entry(c);
	}
	th->printed = true;
}

/* The line of the call that th is in, to go on with. */
static struct out *resume_line(struct thread *th)
{
	struct out *o = line_open(th);

	if (!o) {
		o = line_begin(th);
		out_printf(o, "<... %s resumed>", th->t->call.row->name);
	}
	th->t->call.out = o;
	return o;
}

static void put_duration(struct out *o, uint64_t ns)
{
	static const uint64_t unit[] = { 1000000000, 1000000, 1000, 1 };
	int digits = opt->stamps.duration_digits;

	out_printf(o, " <%" PRIu64, ns / 1000000000);
	if (digits > 0)
		out_printf(o, ".%0*" PRIu64, digits, ns % 1000000000 / unit[digits / 3]);
	out_putc(o, '>');
}

static void count_exit(const struct tracee *t)
{
	uint64_t ns = opt->wall ? t->left_ns - t->entered_ns : t->left_cpu_ns - t->entered_cpu_ns;

	count_call(&t->call, ns);
}

void report_exit(struct thread *th)
{
	struct tracee *t = th->t;
	struct call *c = &t->call;

	/* The command could not be executed: the rest of that process is ours again. */
	if (th->starting && c->error && !strncmp(c->row->name, "execve", 6))
		th->hidden = true;
	if (!th->selected)
		return;
	th->selected = false;
	if (opt->count)
		count_exit(t);
	if (!th->printed)
		return;
	th->printed = false;
	if (!is_restart(c))
		th->last = c->error && c->ret == -RESTART_BLOCK ? c->row : NULL;
	if (!(opt->status & (c->error ? STATUS_FAILED : STATUS_OK))) {
		line_abandon(th);
		return;
	}
	struct out *o = resume_line(th);
	decode_exit(c);
	line_align(th, o);
	decode_result(c);
	if (th->poked)
		out_puts(o, th->inject.result ? " (INJECTED: args, retval)" : " (INJECTED: args)");
	else if (th->inject.result)
		out_puts(o, " (INJECTED)");
	if (th->inject.enter || th->inject.exit)
		out_puts(o, " (DELAYED)");
	if (opt->stamps.duration_digits >= 0)
		put_duration(o, t->left_ns - t->entered_ns);
	line_end(th);
	if (opt->stacks && !strncmp(c->row->name, "execve", 6))
		stack_forget(t);
	report_stack(th);
	if (opt->dumps)
		dump_call(th, opt);
}

/* A call that will not return any more. */
static void report_no_return(struct thread *th)
{
	struct call *c = &th->t->call;

	if (!th->selected || !th->printed)
		return;
	th->selected = th->printed = false;
	if (!(opt->status & STATUS_UNFINISHED)) {
		line_abandon(th);
		return;
	}
	struct out *o = resume_line(th);
	if (c->next < c->row->n_args)
		out_puts(o, " <unfinished ...>");
	out_putc(o, ')');
	line_align(th, o);
	out_puts(o, "= ?");
	line_end(th);
}

void report_signal(struct thread *th, const struct tracee_status *ev)
{
	struct call *c = &th->t->call;
	char name[16];

	if (silent(th) || !(opt->signals >> (ev->sig & 63) & 1))
		return;
	if (opt->ip)
		tracee_ip(th->t, &th->t->ip);
	struct out *o = line_begin(th);
	out_printf(o, "--- %s ", filter_signal_name(ev->sig, name));
	c->out = o;
	c->opt = &decode[c->abi];
	c->lookup = &lookup;
	print_siginfo_native(c, &ev->si);
	out_puts(o, " ---");
	line_end(th);
	report_stack(th);
}

void report_group_stop(struct thread *th, int sig)
{
	char name[16];

	if (silent(th) || !(opt->signals >> (sig & 63) & 1))
		return;
	out_printf(line_begin(th), "--- stopped by %s ---", filter_signal_name(sig, name));
	line_end(th);
	report_stack(th);
}

void report_exited(struct thread *th, int status)
{
	report_no_return(th);
	th->quit = true;
	if (silent(th) || (opt->quiet & QUIET_EXIT))
		return;
	out_printf(line_begin(th), "+++ exited with %d +++", status);
	line_end(th);
	line_add(th, &th->stack);
}

void report_killed(struct thread *th, int sig, bool core)
{
	char name[16];

	report_no_return(th);
	th->quit = true;
	/* As strace: a signal that is not traced does not kill visibly, and -qq does not silence it. */
	if (silent(th) || !(opt->signals >> (sig & 63) & 1))
		return;
	out_printf(line_begin(th), "+++ killed by %s %s+++", filter_signal_name(sig, name), core ? "(core dumped) " : "");
	line_end(th);
}

void report_superseded(struct thread *th, struct thread *caller, pid_t by)
{
	report_no_return(th);
	if (caller)
		lines_pid_changed(caller);
	th->quit = true;
	/* From here on it is one thread less, and when one is left it needs no number. */
	lines_count(tracee_count());
	if (silent(th) || (opt->quiet & QUIET_EXECVE))
		return;
	out_printf(line_begin(th), "+++ superseded by execve in pid %d +++", (int)by);
	line_end(th);
}

void report_detached(struct thread *th)
{
	if (th->printed && th->staged) {
		if (opt->status & STATUS_DETACHED) {
			out_puts(&th->stage, " <detached ...>");
			line_end(th);
		} else {
			line_abandon(th);
		}
	} else if (th->printed && line_open(th)) {
		out_puts(line_open(th), " <detached ...>");
		line_end(th);
	}
	th->printed = false;
	if (!(opt->quiet & QUIET_ATTACH) && th->told)
		say("Process %d detached", (int)th->t->tid);
}
