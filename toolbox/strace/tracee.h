/* SPDX-License-Identifier: GPL-2.0-only
 * Threads under ptrace, and what happens to them, one event at a time. tracee*.c are the only callers
 * of ptrace(2).
 *
 * A thread is either running or stopped in the event that tracee_next returned last for it; who got
 * the event answers it with tracee_resume or tracee_detach, at once or later. All threads are seized
 * (PTRACE_SEIZE), so that group stops are told from signals and a detach never needs a SIGSTOP.
 */
#pragma once

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "decode.h"
#include "bpf/sym/regs.h"

enum tracee_event {
	EV_NONE,      /* a signal to ourselves interrupted the waiting */
	EV_END,	      /* no tracee is left */
	EV_ATTACHED,  /* first stop of a thread that was seized while it ran, or of a new child */
	EV_ENTRY,     /* t->call has abi, nr and args; set t->want_exit, then resume */
	EV_EXIT_CALL, /* t->call has ret and error as well */
	EV_SIGNAL,    /* about to be delivered: siginfo; resume with ev->sig to deliver it */
	EV_GROUP_STOP, /* stopped by ev->sig; resume leaves it stopped and waits for its SIGCONT */
	EV_EXEC,      /* execve succeeded; ev->former is the thread that called it */
	EV_EXITED,    /* with ev->status; t is gone after the next tracee_next */
	EV_KILLED,    /* by ev->sig (ev->core: core dumped); likewise */
	EV_SUPERSEDED, /* its id was taken over by thread ev->former of its process, which called execve;
			* likewise, and EV_EXEC follows */
};

struct tracee {
	pid_t tid;
	pid_t tgid; /* 0 until somebody asks: tracee_tgid */
	bool stopped;	/* in the event that was reported last */
	bool in_call;	/* between entry and exit */
	bool want_exit; /* of that call; the caller's at each EV_ENTRY */
	bool started;	/* its first stop was seen */
	bool attached;	/* it was there before us */
	bool listening; /* in a group stop, PTRACE_LISTEN */
	int pending_sig; /* that goes with the next detach */
	struct call call;
	struct memory mem;
	uint64_t ip; /* instruction pointer of the last stop at a call */
	uint64_t entered_ns; /* monotonic; with options.times */
	uint64_t left_ns;
	uint64_t entered_cpu_ns; /* system time used so far; with options.cpu_times */
	uint64_t left_cpu_ns;
	void *user; /* of the program above */
	struct tracee *next_hash;
};

struct tracee_status {
	enum tracee_event event;
	struct tracee *t;
	int sig;
	int status;
	bool core;
	pid_t former;
	siginfo_t si;
};

struct tracee_options {
	bool follow;	   /* new threads and children too */
	bool kill_on_exit; /* PTRACE_O_EXITKILL: whoever is traced dies with us */
	bool seccomp;	   /* started children carry a filter: calls stop at SECCOMP events only. Implies kill_on_exit */
	bool follow_cpu;   /* run where the one active tracee runs */
	bool times;	   /* note when calls begin and end */
	bool cpu_times;	   /* and how much system time they use */
	bool debug;	   /* each event to standard error (-d) */
};

/* Must be called once before anything else. */
void tracee_init(const struct tracee_options *o);

/* Seizes a thread, or a process with all its threads when `all`. Returns how many threads, or -errno with
 * nothing left attached. */
int tracee_attach(pid_t pid, bool all);

/* Starts a child that calls exec(arg), which ends in an execve(2) or returns its errno. The child is
 * seized before exec begins, so all that exec does is reported: who wants the program only passes over
 * what comes before its execve. With `detached` it is the caller's process that becomes the program, and this function
 * returns in a grandchild: 1 (just that), 2 (in a process group of its own) or 3 (session). Returns the pid of
 * the program or -errno. */
pid_t tracee_spawn(int (*exec)(void *arg), void *arg, int detached);

/* After the child of tracee_spawn ended: the errno with which its exec failed, or 0. */
int tracee_exec_error(void);

/* Waits for the next event. A signal to ourselves (without SA_RESTART) ends the waiting with EV_NONE. */
void tracee_next(struct tracee_status *ev);

/* Lets a stopped thread go on, delivering sig (0: none). */
void tracee_resume(struct tracee *t, int sig);

/* Lets one stopped thread go for good. */
void tracee_detach(struct tracee *t, int sig);

/* Lets all threads go, each in the state it is in: what ran goes on, what was stopped by job control stays
 * stopped, a signal on its way is delivered. told is called for each before it goes. Threads that
 * run are not disturbed (that would end an epoll_wait with EINTR): the kernel frees them when this process ends. Who
 * does not end soon afterwards says `stay`, and they are interrupted and freed at once. */
void tracee_detach_all(void (*told)(struct tracee *t), bool stay);

/* Changes the number of the call whose entry is reported (-1: none, it fails with ENOSYS), or, at its exit, its
 * result. 0 or -errno. */
int tracee_set_nr(struct tracee *t, int64_t nr);
int tracee_set_result(struct tracee *t, int64_t ret);

/* The instruction pointer of a stopped thread; false: not known. */
bool tracee_ip(struct tracee *t, uint64_t *ip);

/* All general registers of a stopped thread; false: it is gone, or runs in 32-bit mode. */
bool tracee_unwind_regs(struct tracee *t, struct unwind_regs *regs);

/* Memory of a stopped thread, word by word: where /proc cannot be used. Bytes or -errno. */
ssize_t tracee_peek(struct tracee *t, uint64_t addr, void *buf, size_t n);

struct tracee *tracee_find(pid_t tid);
size_t tracee_count(void);
pid_t tracee_tgid(struct tracee *t);
