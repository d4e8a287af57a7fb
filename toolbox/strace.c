/* SPDX-License-Identifier: GPL-2.0-only
 * strace-lite: the system calls and signals of processes, as strace(1) prints them. Start or attach; then the next
 * event, what it means, and on; then the end. The parts are in strace/README.md.
 */
#include "strace/attach.h"
#include "strace/command.h"
#include "strace/count.h"
#include "strace/cpu.h"
#include "strace/delay.h"
#include "strace/inject.h"
#include "strace/interrupt.h"
#include "strace/lines.h"
#include "strace/options.h"
#include "strace/report.h"
#include "strace/say.h"
#include "strace/seccomp.h"
#include "strace/tracee.h"
#include "lib/base.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static struct options opt;
static pid_t command = -1;   /* its pid; -1: none was started */
static int command_status = -1; /* exit status, or -signal - 1 */
static bool failed;	     /* a file of -ff could not be opened */

/* The leader that an execve of another thread replaced, until that thread is reported. */
static struct thread *superseded;

/* --- threads --- */

static struct thread *thread_new(struct tracee *t)
{
	struct thread *th = calloc(1, sizeof(*th));

	if (!th) {
		say("Out of memory");
		failed = true;
		return NULL;
	}
	th->t = t;
#if defined(__aarch64__)
	th->abi = ABI_AARCH64;
#else
	th->abi = ABI_X86_64;
#endif
	th->t->call.abi = th->abi;
	t->user = th;
	lines_note_name(th);
	if (!lines_thread(th))
		failed = true;
	return th;
}

static void thread_free(struct thread *th)
{
	if (!th)
		return;
	delay_forget(th);
	lines_thread_gone(th);
	inject_counts_free(th->counts);
	out_free(&th->stage);
	out_free(&th->stack);
	free(th);
}

/* --- events --- */

static void entry(struct thread *th)
{
	struct tracee *t = th->t;

	report_choose(th);
	th->resume_exit = false;
	th->inject = (struct inject_call){ 0 };
	th->poked = false;
	/* The execve that starts the program is not the program's own. */
	if (th->selected && !th->starting && inject_any() && inject_entry(&th->counts, &t->call, &th->inject)) {
		if (th->inject.result && tracee_set_nr(t, -1) < 0)
			th->inject.result = false;
		if (th->inject.poke_enter)
			th->poked = poke_write(t, th->inject.poke_enter);
	}
	report_entry(th);
	t->want_exit = th->selected || th->starting;
	if (th->inject.enter_ns && delay(th, th->inject.enter_ns))
		return;
	delay_resume(th);
}

static void exit_call(struct thread *th)
{
	struct tracee *t = th->t;

	th->resume_exit = true;
	if (th->inject.result) {
		t->call.ret = th->inject.ret;
		t->call.error = th->inject.error;
		if (tracee_set_result(t, th->inject.ret) < 0)
			th->inject.result = false;
	}
	if (th->inject.poke_exit && poke_write(t, th->inject.poke_exit))
		th->poked = true;
	report_exit(th);
	if (th->inject.exit_ns && delay(th, th->inject.exit_ns))
		return;
	delay_resume(th);
}

static void note_end(const struct tracee *t, const struct tracee_status *ev)
{
	if (t->tid == command)
		command_status = ev->event == EV_EXITED ? ev->status : -ev->sig - 1;
}

static void ended(struct tracee *t, struct thread *th, const struct tracee_status *ev)
{
	bool exited = ev->event == EV_EXITED;

	lines_count(tracee_count() + 1);
	if (th->starting) {
		int err = tracee_exec_error();

		if (err)
			say("exec: %s", strerror(err));
		th->hidden = false;
	}
	note_end(t, ev);
	if (exited)
		report_exited(th, ev->status);
	else
		report_killed(th, ev->sig, ev->core);
	thread_free(th);
}

static void executed(struct thread *th)
{
	struct tracee *t = th->t;

	if (superseded) {
		lines_take_over(th, superseded);
		thread_free(superseded);
		superseded = NULL;
	}
	if (opt.detach_on_exec && !th->starting) {
		report_detached(th);
		thread_free(th);
		t->user = NULL;
		tracee_detach(t, 0);
		return;
	}
	th->hidden = th->starting = false;
	lines_note_name(th);
	tracee_resume(t, 0);
}

static void handle(const struct tracee_status *ev)
{
	struct tracee *t = ev->t;
	struct thread *th = t->user;

	lines_count(tracee_count());
	if (!th) {
		th = thread_new(t);
		if (!th)
			return;
		th->told = true;
		/* Threads that were there when we came were counted in one sentence. */
		if (!(opt.quiet & QUIET_ATTACH) && !t->attached && ev->event != EV_EXITED && ev->event != EV_KILLED)
			say("Process %d attached", (int)t->tid);
	}
	switch (ev->event) {
	case EV_ENTRY:
		entry(th);
		break;
	case EV_EXIT_CALL:
		exit_call(th);
		break;
	case EV_SIGNAL:
		report_signal(th, ev);
		tracee_resume(t, ev->sig);
		break;
	case EV_GROUP_STOP:
		report_group_stop(th, ev->sig);
		tracee_resume(t, 0);
		break;
	case EV_EXEC:
		executed(th);
		break;
	case EV_EXITED:
	case EV_KILLED:
		ended(t, th, ev);
		break;
	case EV_SUPERSEDED:
		lines_count(tracee_count() + 1);
		report_superseded(th, tracee_find(t->tid)->user, ev->former);
		superseded = th;
		break;
	default:
		tracee_resume(t, 0);
		break;
	}
}

/* --- start --- */

static bool uses_filter(void)
{
	size_t n = 0, calls = 0;

	if (!opt.command || !opt.follow || opt.n_pids > 0 || opt.detach_on_exec)
		return false;
	/* By default where most calls can pass: without one stop a call it is worth that nobody outlives us. */
	for (unsigned abi = 0; abi < ABI_COUNT; abi++) {
		for (size_t i = 0; i < opt.trace.n; i++)
			n += opt.trace.rows[abi][i];
		size_t rows;
		decode_rows((enum abi)abi, &rows);
		calls += rows;
	}
	if (!opt.seccomp && n > calls / 2)
		return false;
	if (opt.trace.all || !seccomp_possible() || !seccomp_make(&opt.trace)) {
		if (opt.seccomp)
			say("seccomp filter cannot be used, all calls are stopped at");
		return false;
	}
	return true;
}

static void attach_all(void)
{
	size_t attached = 0;

	for (size_t i = 0; i < opt.n_pids; i++) {
		pid_t pid = opt.pids[i];

		if (tracee_find(pid)) {
			attached++;
			continue;
		}
		int n = tracee_attach(pid, opt.follow);
		if (n < 0) {
			attach_explain(pid, -n);
			continue;
		}
		attached++;
		if (opt.quiet & QUIET_ATTACH)
			continue;
		if (n > 1)
			say("Process %d attached with %d threads", (int)pid, n);
		else
			say("Process %d attached", (int)pid);
	}
	if (attached == 0 && !opt.command)
		exit(1);
}

/* Who was there when we came was told of already. */
static void introduce(struct tracee *t, bool hidden)
{
	struct thread *th = t->user;

	if (!th)
		th = thread_new(t);
	if (th) {
		th->told = !hidden;
		th->hidden = th->starting = hidden;
	}
}

static void start_command(void)
{
	pid_t pid = tracee_spawn(command_exec, NULL, opt.daemonize);

	if (pid < 0)
		say_die(pid == -EPERM ? "Cannot trace '%s': %s: the container's seccomp filter or a security module forbids ptrace" :
			"Cannot start '%s': %s", opt.command[0], strerror(-pid));
	introduce(tracee_find(pid), true);
	if (!opt.daemonize)
		command = pid;
	else if (!(opt.quiet & QUIET_ATTACH))
		say("Process %d attached", (int)pid);
}

/* A file for each thread (-ff) and descriptors for their memory: as many as are allowed. The command
 * was started before. */
static void more_files(void)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) < 0)
		return;
	files.rlim_cur = files.rlim_max;
	setrlimit(RLIMIT_NOFILE, &files);
}

/* --- end --- */

static void tell_detached(struct tracee *t)
{
	struct thread *th = t->user;

	if (!th)
		return;
	/* A call that was to fail, and is not made yet, is made after all. */
	if (th->resume_at && !th->resume_exit && th->inject.result)
		tracee_set_nr(t, (int64_t)t->call.nr);
	report_detached(th);
	thread_free(th);
	t->user = NULL;
}

/* The trace is lost, but not the command, which is our child: each thread goes its own way at its next event.
 * Interrupting them all would end calls like epoll_wait(2). */
static void let_go(const struct tracee_status *ev)
{
	struct tracee *t = ev->t;
	struct thread *th = t->user;

	if (ev->event == EV_EXITED || ev->event == EV_KILLED) {
		note_end(t, ev);
		thread_free(th);
		return;
	}
	thread_free(th);
	t->user = NULL;
	if (ev->event != EV_SUPERSEDED)
		tracee_detach(t, ev->event == EV_SIGNAL ? ev->sig : 0);
}

static void wait_for_command(void)
{
	int status;

	while (waitpid(command, &status, 0) < 0)
		if (errno != EINTR || interrupt_signal)
			return;
	command_status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status) - 1;
}

static void run_on(void)
{
	struct tracee_status ev;

	if (superseded)
		thread_free(superseded);
	superseded = NULL;
	for (;;) {
		delay_end();
		tracee_next(&ev);
		if (ev.event == EV_END)
			break;
		if (ev.event != EV_NONE)
			let_go(&ev);
		if (interrupt_signal)
			return;
	}
	if (command_status == -1)
		wait_for_command();
}

static void leave(void)
{
	/* The command was started for this trace, and ends with it; who was there before goes on. */
	if (command > 0 && command_status == -1 && interrupt_signal) {
		kill(command, SIGCONT);
		kill(command, interrupt_signal);
	}
	tracee_detach_all(tell_detached, lines_has_reader());
}

static void tell_lost(void)
{
	static bool told;
	int err = lines_error();

	if (!told && err && err != EINTR)
		say("Cannot write to %s: %s: tracing ends here", lines_target(), strerror(err));
	told = told || err;
}

static void run(void)
{
	struct tracee_status ev;

	for (;;) {
		tracee_next(&ev);
		if (ev.event == EV_END)
			return;
		if (ev.event != EV_NONE)
			handle(&ev);
		if (interrupt_fired) {
			interrupt_fired = 0;
			lines_flush(false);
		}
		delay_look();
		if (interrupt_signal || lines_error() || failed)
			break;
	}
	tell_lost();
}

static _Noreturn void finish(void)
{
	bool lost = lines_error() || failed;

	cpu_release();
	if (lost && command > 0 && !interrupt_signal)
		run_on();
	if (tracee_count() > 0 || interrupt_signal)
		leave();
	if (opt.count)
		count_print(lines_free_text(), opt.overhead_ns);
	bool whole = lines_close();
	tell_lost();
	if (interrupt_signal)
		interrupt_die_of(interrupt_signal);
	if (command_status < -1)
		interrupt_die_of(-command_status - 1);
	/* A reader that had enough is no failure of ours. */
	if (command_status < 1 && (failed || (!whole && lines_error() != EPIPE)))
		exit(1);
	exit(command_status < 0 ? 0 : command_status);
}

int main(int argc, char **argv)
{
	options_read(&opt, argc, argv);
	bool filtered = uses_filter();
	struct tracee_options to = {
		.follow = opt.follow,
		.kill_on_exit = opt.kill_on_exit,
		.seccomp = filtered,
		.follow_cpu = true,
		.times = opt.stamps.duration_digits >= 0 || (opt.count && opt.wall),
		.cpu_times = opt.count && !opt.wall,
		.debug = opt.debug,
	};

	if (opt.command)
		command_prepare(&opt, filtered);
	lines_init(&opt);
	report_init(&opt);
	tracee_init(&to);
	interrupt_init(opt.interruptible);
	attach_all();
	for (size_t i = 0; i < opt.n_pids; i++)
		if (tracee_find(opt.pids[i]))
			introduce(tracee_find(opt.pids[i]), false);
	if (opt.command)
		start_command();
	more_files();
	run();
	finish();
}
