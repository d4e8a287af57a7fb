// SPDX-License-Identifier: GPL-2.0-only
/*
 * Carries the object of the fixed programs, which build/bpf.mk compiles, and the list of what is in it. Its symbols are global because aarch64 finds local labels of
 * one section through one and the same GOT entry.
 */
#include "object.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <zlib.h>

__asm__(".section .rodata\n"
	".globl kern_packed, kern_packed_end\n"
	".balign 8\n"
	"kern_packed: .incbin \"" BPF_OBJECT "\"\n"
	"kern_packed_end:\n"
	".previous\n");
extern const unsigned char kern_packed[], kern_packed_end[];

/* gzip (RFC 1952) ends with the size of what is in it. libelf brings zlib along, and 0.3 ms are less than 85 KB in the file. */
char *kern_object(size_t *size)
{
	const size_t packed = (uintptr_t)kern_packed_end - (uintptr_t)kern_packed;
	const unsigned char *end = kern_packed + packed - 4;
	z_stream z = { .next_in = (unsigned char *)(uintptr_t)kern_packed, .avail_in = (unsigned)packed };
	char *object;
	int e;

	*size = (size_t)end[0] | (size_t)end[1] << 8 | (size_t)end[2] << 16 | (size_t)end[3] << 24;
	object = malloc(*size);
	if (!object)
		return NULL;
	z.next_out = (unsigned char *)object;
	z.avail_out = (unsigned)*size;
	e = inflateInit2(&z, 16 + MAX_WBITS); /* 16: gzip */
	if (e == Z_OK) {
		e = inflate(&z, Z_FINISH);
		inflateEnd(&z);
	}
	if (e != Z_STREAM_END) {
		free(object);
		errno = e == Z_MEM_ERROR ? ENOMEM : EIO;
		return NULL;
	}
	return object;
}

const struct kern_program kern_programs[] = {
	{ "run", HOOK_RUN, NULL, NULL, "run_light" },
	{ "profile", HOOK_PROFILE, NULL, NULL, NULL },
	{ "sys_enter", HOOK_SYS_ENTER, "sys_enter", NULL, "sys_enter_light" },
	{ "sys_retry", HOOK_SYS_RETRY, "sys_exit", NULL, NULL },
	{ "sys_exit", HOOK_SYS_EXIT, "sys_exit", NULL, "sys_exit_light" },
	{ "proc_exec", HOOK_PROC_EXEC, "sys_enter", NULL, NULL },
	{ "proc_exec_success", HOOK_PROC_EXEC_SUCCESS, "sched_process_exec", NULL, NULL },
	{ "proc_exec_failure", HOOK_PROC_EXEC_FAILURE, "sys_exit", NULL, NULL },
	{ "proc_exit", HOOK_PROC_EXIT, "sched_process_exit", NULL, NULL },
	{ "proc_create", HOOK_PROC_CREATE, "sched_process_fork", NULL, NULL },
	{ "proc_lwp_create", HOOK_PROC_LWP_CREATE, "sched_process_fork", NULL, NULL },
	{ "proc_lwp_exit", HOOK_PROC_LWP_EXIT, "sched_process_exit", NULL, NULL },
	{ "proc_lwp_start", HOOK_PROC_LWP_START, "sys_exit", NULL, NULL },
	{ "proc_start", HOOK_PROC_START, "sys_exit", NULL, NULL },
	{ "proc_signal_send", HOOK_PROC_SIGNAL_SEND, "signal_generate", NULL, NULL },
	{ "proc_signal_discard", HOOK_PROC_SIGNAL_DISCARD, "signal_generate", NULL, NULL },
	{ "proc_signal_handle", HOOK_PROC_SIGNAL_HANDLE, "signal_deliver", NULL, NULL },
	{ "proc_signal_clear", HOOK_PROC_SIGNAL_CLEAR, "sys_exit", NULL, NULL },
	{ "proc_fault", HOOK_PROC_FAULT, "signal_generate", NULL, NULL },
	{ "sched_on_cpu", HOOK_SCHED_ON_CPU, "sched_switch", NULL, NULL },
	{ "sched_off_cpu", HOOK_SCHED_OFF_CPU, "sched_switch", NULL, NULL },
	{ "sched_sleep", HOOK_SCHED_SLEEP, "sched_switch", NULL, NULL },
	{ "sched_preempt", HOOK_SCHED_PREEMPT, "sched_switch", NULL, NULL },
	{ "sched_surrender", HOOK_SCHED_SURRENDER, "sched_set_need_resched_tp", "6.14", NULL },
	{ "sched_remain_cpu", HOOK_SCHED_REMAIN_CPU, "sched_exit_tp", "6.15", NULL },
	{ "sched_wakeup", HOOK_SCHED_WAKEUP, "sched_waking", NULL, NULL },
	{ "sched_enqueue", HOOK_SCHED_ENQUEUE, "sched_wakeup", NULL, NULL },
	{ "sched_enqueue_new", HOOK_SCHED_ENQUEUE, "sched_wakeup_new", NULL, NULL },
	{ "sched_enqueue_switch", HOOK_SCHED_ENQUEUE, "sched_switch", NULL, NULL },
	{ "sched_dequeue", HOOK_SCHED_DEQUEUE, "sched_switch", NULL, NULL },
	{ "io_start", HOOK_IO_START, "block_rq_issue", NULL, NULL },
	{ "io_done", HOOK_IO_DONE, "block_rq_complete", NULL, NULL },
	{ "sched_change_pri", HOOK_SCHED_CHANGE_PRI, "sched_pi_setprio", NULL, NULL },
};
_Static_assert(sizeof(kern_programs) / sizeof(kern_programs[0]) <= KERN_PROGRAMS_MAX, "KERN_PROGRAMS_MAX");
const unsigned kern_nprograms = sizeof(kern_programs) / sizeof(kern_programs[0]);
