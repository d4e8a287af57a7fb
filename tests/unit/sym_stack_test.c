/* SPDX-License-Identifier: GPL-2.0-only
 * bpf/sym/stack: this program's own stack, by its own tables, with and without a signal on it.
 */
#include "unit.h"

#include "bpf/sym/regs.h"
#include "bpf/sym/stack.h"

#include <signal.h>
#include <string.h>
#include <sys/uio.h>
#include <ucontext.h>
#include <unistd.h>

enum { MAX = 64 };

static bool read_self(void *ctx, uint64_t addr, void *buf, size_t n)
{
	struct iovec to = { buf, n }, from = { (void *)(uintptr_t)addr, n };

	(void)ctx;
	return process_vm_readv(getpid(), &to, 1, &from, 1, 0) == (ssize_t)n;
}

static const struct unwind_memory memory = { read_self, NULL };
static struct sym_frame frames[MAX];
static size_t n_frames;
static struct sym_process *process;

static void take(const ucontext_t *u)
{
	uint64_t user[REGS_USER_MAX] = { 0 };
	struct unwind_regs regs;
	enum sym_end end;

#if defined(__x86_64__)
	const greg_t *g = u->uc_mcontext.gregs;

	user[2] = (uint64_t)g[REG_R13];
	user[1] = (uint64_t)g[REG_R14];
	user[0] = (uint64_t)g[REG_R15];
	user[3] = (uint64_t)g[REG_R12];
	user[4] = (uint64_t)g[REG_RBP];
	user[5] = (uint64_t)g[REG_RBX];
	user[16] = (uint64_t)g[REG_RIP];
	user[17] = 0x33;
	user[19] = (uint64_t)g[REG_RSP];
	assert_true(regs_from_user(user, 27 * 8, &regs));
#else
	memcpy(user, u->uc_mcontext.regs, 31 * 8);
	user[31] = u->uc_mcontext.sp;
	user[32] = u->uc_mcontext.pc;
	assert_true(regs_from_user(user, 34 * 8, &regs));
#endif
	n_frames = sym_walk(process, &memory, regs, false, frames, MAX, &end);
	assert_true(n_frames < MAX);
	assert_int_equal(end, SYM_OUTERMOST);
}

static const char *name_of(size_t i)
{
	struct sym_place place;

	assert_true(i < n_frames);
	assert_true(sym_name(process, &frames[i], &place));
	return place.name ? place.name : "";
}

__attribute__((noinline)) static void inner(int a)
{
	ucontext_t u;

	assert_int_equal(getcontext(&u), 0);
	take(&u);
	assert_int_equal(a, 7);
}

__attribute__((noinline)) static void middle(int a)
{
	volatile char room[200];

	memset((char *)room, a, sizeof(room));
	inner(a);
	assert_int_equal(room[3], a);
}

static void own_stack(void **state)
{
	(void)state;
	assert_int_equal(sym_open(&process, getpid(), &memory), 0);
	sym_load(process);
	middle(7);
	assert_string_equal(name_of(0), "inner");
	assert_string_equal(name_of(1), "middle");
	assert_string_equal(name_of(2), "own_stack");
	assert_false(frames[0].is_return);
	assert_true(frames[1].is_return);
	sym_close(process);
}

__attribute__((noinline)) static void handler(int sig, siginfo_t *si, void *context)
{
	(void)si;
	(void)context;
	middle(sig == SIGUSR1 ? 7 : 0);
}

static void through_a_signal(void **state)
{
	struct sigaction sa = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO };
	size_t i;

	(void)state;
	assert_int_equal(sym_open(&process, getpid(), &memory), 0);
	assert_int_equal(sigaction(SIGUSR1, &sa, NULL), 0);
	raise(SIGUSR1);
	assert_string_equal(name_of(2), "handler");
	assert_true(frames[3].signal);
	assert_false(frames[4].is_return);
	for (i = 4; i < n_frames && strcmp(name_of(i), "through_a_signal") != 0; i++)
		;
	assert_true(i < n_frames);
	sym_close(process);
}

static void wrong_registers(void **state)
{
	uint64_t user[REGS_USER_MAX] = { 0 };
	struct unwind_regs regs;
	enum sym_end end;

	(void)state;
	assert_false(regs_from_user(user, 16 * 4, &regs));
	assert_int_equal(sym_open(&process, getpid(), &memory), 0);
	/* Nowhere, with a stack that is not there. */
	regs = (struct unwind_regs){ .machine = sym_machine };
	unwind_set(&regs, unwind_pc(sym_machine), 5);
	unwind_set(&regs, unwind_sp(sym_machine), UINT64_MAX - 3);
	assert_int_equal(sym_walk(process, &memory, regs, true, frames, MAX, &end), 1);
	assert_int_equal(end, SYM_NO_WAY);
	sym_close(process);
	assert_true(sym_open(&process, -1, &memory) < 0);
	assert_null(process);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(own_stack),
		cmocka_unit_test(through_a_signal),
		cmocka_unit_test(wrong_registers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
