/* SPDX-License-Identifier: GPL-2.0-only
 * Threads under ptrace, and what happens to them, one event at a time. The only caller of ptrace(2).
 *
 * A thread is either running or stopped in the event that tracee_next returned last for it; who got
 * the event answers it with tracee_resume (or tracee_detach). All threads are seized
 * (PTRACE_SEIZE), so that group stops are told from signals and a detach never needs a SIGSTOP.
 */
#pragma once

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "decode.h"

enum tracee_event {
	EV_NONE,      /* a signal to ourselves interrupted the waiting, or the deadline passed */
	EV_END,	      /* no tracee is left */
	EV_ATTACHED,  /* first stop of a thread that was seized while it ran, or of a new child; enters */
	EV_ENTRY,     /* t->call has abi, nr and args */
	EV_EXIT_CALL, /* t->call has ret and error as well */
	EV_SIGNAL,    /* about to be delivered: siginfo; resume with ev->sig to deliver it */
	EV_GROUP_STOP, /* stopped by ev->sig; resume listens */
	EV_EXEC,      /* execve succeeded; ev->former is the thread that called it, when another */
	EV_EXITED,    /* with ev->status; t is gone after the next tracee_next */
	EV_KILLED,    /* by ev->sig (ev->core: core dumped); likewise */
	EV_SUPERSEDED, /* its id was taken over by thread ev->former of its process, which called execve */
};

struct tracee {
	pid_t tid;
	pid_t tgid; /* 0 until somebody asks: tracee_tgid */
	bool stopped;	/* in the event that was reported last */
	bool in_call;	/* between entry and exit */
	bool want_exit; /* of that call */
	bool started;	/* its first stop was seen */
	bool listening; /* in a group stop, PTRACE_LISTEN */
	int pending_sig; /* that goes with the next resume or detach */
	struct call call;
	struct memory mem;
	uint64_t ip; /* instruction pointer of the last syscall stop */
	uint64_t entered_ns; /* monotonic; for -T, -r, -c */
	uint64_t cpu_ns;     /* system time used at entry, for -c */
	int mem_fd;	     /* /proc/TID/mem, -1: not open */
	void *user;	     /* of the program above */
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
	bool follow;	    /* new threads and children too */
	bool kill_on_exit;  /* PTRACE_O_EXITKILL */
	bool seccomp;	    /* started children carry a filter: calls stop at SECCOMP events only */
	bool follow_cpu;    /* run where the one active tracee runs */
};

/* Must be called once before anything else. */
void tracee_init(const struct tracee_options *o);

/* Seizes a process (all its threads when `all`). Returns 0, or -errno with nothing left attached. */
int tracee_attach(pid_t pid, bool all);

/* Starts a child that calls exec(arg), which ends in an execve(2) or returns its errno. The child is
 * seized before exec begins, so all that exec does is reported: who wants the program only passes over
 * what comes before its execve. Returns its pid or -errno. */
pid_t tracee_spawn(int (*exec)(void *arg), void *arg);

/* After the child of tracee_spawn ended: the errno with which its exec failed, or 0. */
int tracee_exec_error(void);

/* Waits for the next event. A signal to ourselves (without SA_RESTART) ends the waiting with EV_NONE. */
void tracee_next(struct tracee_status *ev);

/* Lets a stopped thread go on, delivering sig (0: none). `want_exit`: at an entry, whether the exit
 * must be reported (where the kernel lets us choose); at other stops, whether calls are wanted. */
void tracee_resume(struct tracee *t, int sig, bool want_exit);

/* Lets all threads go for good, each in the state it is in: what ran goes on, what was stopped by job
 * control stays stopped, a signal on its way is delivered. told is called for each before it goes. */
void tracee_detach_all(void (*told)(struct tracee *t, void *arg), void *arg);

/* Changes the number of the call whose entry is reported (-1: none, it fails with ENOSYS) or its result. */
int tracee_set_nr(struct tracee *t, int64_t nr);
int tracee_set_result(struct tracee *t, int64_t ret);

/* Copies into the memory of a stopped thread. Returns bytes or -errno. */
ssize_t tracee_write(struct tracee *t, uint64_t addr, const void *buf, size_t n);

struct tracee *tracee_find(pid_t tid);
size_t tracee_count(void);
pid_t tracee_tgid(struct tracee *t);
