// SPDX-License-Identifier: GPL-2.0-only
/*
 * Carries the object of the fixed programs, which build/bpf.mk compiles, and the list of what is in it. Its symbols are global because aarch64 finds local labels of
 * one section through one and the same GOT entry.
 */
#include "object.h"

#include <stddef.h>

__asm__(".section .rodata\n"
	".globl kern_object, kern_object_end\n"
	".balign 8\n"
	"kern_object: .incbin \"" BPF_OBJECT "\"\n"
	"kern_object_end:\n"
	".previous\n");

const struct kern_program kern_programs[] = {
	{ "run", HOOK_RUN, NULL, NULL },
	{ "profile", HOOK_PROFILE, NULL, NULL },
	{ "sys_enter", HOOK_SYS_ENTER, "sys_enter", NULL },
	{ "sys_retry", HOOK_SYS_RETRY, "sys_exit", NULL },
	{ "sys_exit", HOOK_SYS_EXIT, "sys_exit", NULL },
	{ "proc_exec", HOOK_PROC_EXEC, "sys_enter", NULL },
	{ "proc_exec_success", HOOK_PROC_EXEC_SUCCESS, "sched_process_exec", NULL },
	{ "proc_exec_failure", HOOK_PROC_EXEC_FAILURE, "sys_exit", NULL },
	{ "proc_exit", HOOK_PROC_EXIT, "sched_process_exit", NULL },
	{ "proc_create", HOOK_PROC_CREATE, "sched_process_fork", NULL },
	{ "proc_lwp_create", HOOK_PROC_LWP_CREATE, "sched_process_fork", NULL },
	{ "proc_lwp_exit", HOOK_PROC_LWP_EXIT, "sched_process_exit", NULL },
	{ "proc_lwp_start", HOOK_PROC_LWP_START, "sys_exit", NULL },
	{ "proc_start", HOOK_PROC_START, "sys_exit", NULL },
	{ "proc_signal_send", HOOK_PROC_SIGNAL_SEND, "signal_generate", NULL },
	{ "proc_signal_discard", HOOK_PROC_SIGNAL_DISCARD, "signal_generate", NULL },
	{ "proc_signal_handle", HOOK_PROC_SIGNAL_HANDLE, "signal_deliver", NULL },
	{ "proc_signal_clear", HOOK_PROC_SIGNAL_CLEAR, "sys_exit", NULL },
	{ "proc_fault", HOOK_PROC_FAULT, "signal_generate", NULL },
	{ "sched_on_cpu", HOOK_SCHED_ON_CPU, "sched_switch", NULL },
	{ "sched_off_cpu", HOOK_SCHED_OFF_CPU, "sched_switch", NULL },
	{ "sched_sleep", HOOK_SCHED_SLEEP, "sched_switch", NULL },
	{ "sched_preempt", HOOK_SCHED_PREEMPT, "sched_switch", NULL },
	{ "sched_surrender", HOOK_SCHED_SURRENDER, "sched_set_need_resched_tp", "6.14" },
	{ "sched_remain_cpu", HOOK_SCHED_REMAIN_CPU, "sched_exit_tp", "6.15" },
	{ "sched_wakeup", HOOK_SCHED_WAKEUP, "sched_waking", NULL },
	{ "sched_enqueue", HOOK_SCHED_ENQUEUE, "sched_wakeup", NULL },
	{ "sched_enqueue_new", HOOK_SCHED_ENQUEUE, "sched_wakeup_new", NULL },
	{ "sched_enqueue_switch", HOOK_SCHED_ENQUEUE, "sched_switch", NULL },
	{ "sched_dequeue", HOOK_SCHED_DEQUEUE, "sched_switch", NULL },
	{ "io_start", HOOK_IO_START, "block_rq_issue", NULL },
	{ "io_done", HOOK_IO_DONE, "block_rq_complete", NULL },
	{ "sched_change_pri", HOOK_SCHED_CHANGE_PRI, "sched_pi_setprio", NULL },
};
_Static_assert(sizeof(kern_programs) / sizeof(kern_programs[0]) <= KERN_PROGRAMS_MAX, "KERN_PROGRAMS_MAX");
const unsigned kern_nprograms = sizeof(kern_programs) / sizeof(kern_programs[0]);
