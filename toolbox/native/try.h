/* SPDX-License-Identifier: GPL-2.0-only
 * Whether the kernel lets this process do a thing: it is tried, in a way that changes nothing, since no list of rights
 * says what seccomp filters, security modules and namespaces do together. All return 0 when it may be done, else
 * -errno; -EPERM also where a filter ends whoever tries. Each try is made in a child.
 */
#pragma once

#include <sys/types.h>

int try_attach(pid_t pid);	/* ptrace access to a process (PTRACE_MODE_ATTACH), without stopping it */
int try_trace_child(pid_t pid); /* ptrace of a child that asks for it; pid is not used here and below */
int try_signal(pid_t pid);	/* to send it a signal; none is sent */
int try_limits(pid_t pid);	/* to change its limits (prlimit asks for the same right to read them) */
int try_packet(pid_t pid);	/* a packet socket */
int try_raw(pid_t pid);		/* a raw ICMP socket */
int try_netadmin(pid_t pid);	/* to change an interface; one is named that there is not */
int try_klog(pid_t pid);	/* to read the kernel's log; it stays as it is */
int try_mount(pid_t pid);	/* to mount, in a mount namespace that ends with the try */
int try_unshare(pid_t pid);	/* to make a mount namespace */
int try_userns(pid_t pid);	/* to make a user namespace */
int try_chroot(pid_t pid);
int try_nice(pid_t pid); /* to raise a priority */
int try_bpf(pid_t pid);	 /* to load a BPF program of a raw tracepoint; it is not attached */

/* Calls f(pid) in a child and hands on what it returns. */
int try_it(int (*f)(pid_t pid), pid_t pid);
