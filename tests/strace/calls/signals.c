/* SPDX-License-Identifier: GPL-2.0-only
 * Sets, actions, what a signal carries.
 */
#include "expect.h"

#include <signal.h>

static void nothing(int sig)
{
	(void)sig;
}

int main(void)
{
	struct {
		void (*handler)(int);
		unsigned long flags;
		void *restorer;
		unsigned long mask;
	} action = { nothing, 0x04000000 | SA_RESTART | SA_NODEFER, (void *)0x1000, 1ul << 1 };
	unsigned long set = 1ul << 0 | 1ul << 33, most = ~(1ul << 14);
	siginfo_t info = { .si_signo = SIGUSR2, .si_code = SI_QUEUE };
	struct timespec none = { 0, 0 };
	long r;

	r = syscall(SYS_rt_sigaction, SIGUSR1, &action, NULL, 8L);
	expect(r, "rt_sigaction(SIGUSR1, {sa_handler=%p, sa_mask=[INT], sa_flags=SA_RESTORER|SA_RESTART|SA_NODEFER, "
		  "sa_restorer=0x1000}, NULL, 8)", (void *)nothing);
	r = syscall(SYS_rt_sigprocmask, SIG_SETMASK, &set, NULL, 8L);
	expect(r, "rt_sigprocmask(SIG_SETMASK, [HUP RT_2], NULL, 8)");
	r = syscall(SYS_rt_sigprocmask, 77, &most, NULL, 8L);
	expect(r, "rt_sigprocmask(0x4d /* SIG_??? */, ~[TERM], NULL, 8)");
	info.si_pid = 5;
	info.si_uid = 6;
	info.si_value.sival_int = 7;
	r = syscall(SYS_rt_sigqueueinfo, 0x7ffffff0, SIGUSR2, &info);
	expect(r, "rt_sigqueueinfo(2147483632, SIGUSR2, {si_signo=SIGUSR2, si_code=SI_QUEUE, si_pid=5, si_uid=6, si_int=7, "
		  "si_ptr=0x7})");
	set = 1ul << 11;
	r = syscall(SYS_rt_sigtimedwait, &set, &info, &none, 8L);
	expect(r, "rt_sigtimedwait([USR2], %p, {tv_sec=0, tv_nsec=0}, 8)", (void *)&info);
	r = syscall(SYS_signalfd4, 99, &set, 8L, 04000);
	expect(r, "signalfd4(99, [USR2], 8, SFD_NONBLOCK)");
	return 0;
}
