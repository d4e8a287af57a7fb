/* SPDX-License-Identifier: GPL-2.0-only
 * Times, files' status and signals in the layouts of three ABIs.
 */
#include "kinds.h"

static void timespec_follows_the_abi(void **state)
{
	uint32_t narrow[2] = { 1, 5 };
	uint64_t wide[2] = { 1, 5 }, at;

	(void)state;
	at = put(0, narrow, sizeof(narrow));
	SHOWS("clock_gettime(CLOCK_MONOTONIC, {tv_sec=1, tv_nsec=5}) = 0", ABI_I386, "clock_gettime", { 1, at });
	at = put(16, wide, sizeof(wide));
	SHOWS("clock_gettime(CLOCK_MONOTONIC, {tv_sec=1, tv_nsec=5}) = 0", ABI_X86_64, "clock_gettime", { 1, at });
	SHOWS("clock_gettime(CLOCK_MONOTONIC, {tv_sec=1, tv_nsec=5}) = 0", ABI_AARCH64, "clock_gettime", { 1, at });
	SHOWS("clock_gettime64(CLOCK_MONOTONIC, {tv_sec=1, tv_nsec=5}) = 0", ABI_I386, "clock_gettime64",
	      { 1, at });
}

static void what_was_not_filled_is_an_address(void **state)
{
	(void)state;
	SHOWS("clock_gettime(0x4d /* CLOCK_??? */, 0x10000) = -1 EINVAL (Invalid argument)", ABI_X86_64,
	      "clock_gettime", { 77, MEMORY_AT }, -22);
	SHOWS("clock_gettime(CLOCK_REALTIME, NULL) = 0", ABI_X86_64, "clock_gettime", { 0, 0 });
	SHOWS("nanosleep(0x1, 0x2) = -1 EFAULT (Bad address)", ABI_X86_64, "nanosleep", { 1, 2 }, -14);
}

static void the_rest_of_a_sleep_is_there_when_interrupted(void **state)
{
	uint64_t t[2] = { 3, 7 }, at = put(0, t, sizeof(t));

	(void)state;
	SHOWS("nanosleep({tv_sec=3, tv_nsec=7}, 0x10000) = 0", ABI_X86_64, "nanosleep", { at, at });
	SHOWS("nanosleep({tv_sec=3, tv_nsec=7}, {tv_sec=3, tv_nsec=7}) = ? ERESTART_RESTARTBLOCK (Interrupted by signal)",
	      ABI_X86_64, "nanosleep", { at, at }, -516);
}

static void file_times_know_now_and_omit(void **state)
{
	uint64_t t[4] = { 0, 0x3fffffff, 0, 0x3ffffffe }, at = put(0, t, sizeof(t));
	uint64_t name = put(64, "f", 2);

	(void)state;
	SHOWS("utimensat(AT_FDCWD, \"f\", [UTIME_NOW, UTIME_OMIT], 0) = 0", ABI_X86_64, "utimensat",
	      { (uint32_t)-100, name, at, 0 });
}

static void stat_follows_the_abi(void **state)
{
	unsigned char st[144] = { 0 };
	uint32_t mode = 0100644;
	uint64_t size = 1221, name = put(512, "f", 2), at;

	(void)state;
	memcpy(st + 24, &mode, 4);
	memcpy(st + 48, &size, 8);
	at = put(0, st, sizeof(st));
	SHOWS("stat(\"f\", {st_mode=S_IFREG|0644, st_size=1221, ...}) = 0", ABI_X86_64, "stat", { name, at });
	memset(st, 0, sizeof(st));
	memcpy(st + 16, &mode, 4);
	memcpy(st + 48, &size, 8);
	put(0, st, sizeof(st));
	SHOWS("newfstatat(3, \"f\", {st_mode=S_IFREG|0644, st_size=1221, ...}, 0) = 0", ABI_AARCH64, "newfstatat",
	      { 3, name, at, 0 });
	memset(st, 0, sizeof(st));
	memcpy(st + 16, &mode, 4);
	memcpy(st + 44, &size, 8);
	put(0, st, sizeof(st));
	SHOWS("stat64(\"f\", {st_mode=S_IFREG|0644, st_size=1221, ...}) = 0", ABI_I386, "stat64", { name, at });
	memset(st, 0, sizeof(st));
	mode = 020666;
	memcpy(st + 8, &mode, 2);
	st[16] = 3;
	st[17] = 1;
	put(0, st, sizeof(st));
	SHOWS("stat(\"f\", {st_mode=S_IFCHR|0666, st_rdev=makedev(0x1, 0x3), ...}) = 0", ABI_I386, "stat",
	      { name, at });
}

static void sets_show_the_smaller_side(void **state)
{
	uint64_t set = 1u << 0 | 1u << 16, at = put(0, &set, 8), most = ~(1ull << 14), old = put(8, &most, 8);

	(void)state;
	SHOWS("rt_sigprocmask(SIG_BLOCK, [HUP CHLD], ~[TERM], 8) = 0", ABI_X86_64, "rt_sigprocmask",
	      { 0, at, old, 8 });
	SHOWS("rt_sigprocmask(SIG_BLOCK, 0x10000, NULL, 4) = -1 EINVAL (Invalid argument)", ABI_X86_64,
	      "rt_sigprocmask", { 0, at, 0, 4 }, -22);
	set = 1ull << 31 | 1ull << 63;
	put(0, &set, 8);
	SHOWS("rt_sigsuspend([RTMIN RT_32], 8) = ? ERESTARTNOHAND (To be restarted if no handler)", ABI_X86_64,
	      "rt_sigsuspend", { at, 8 }, -514);
}

static void actions_follow_the_abi(void **state)
{
	uint64_t wide[4] = { 0x401000, 0x14000000, 0x402000, 2 }, at;
	uint32_t narrow[4] = { 1, 2, 0x10000000, 0 };

	(void)state;
	at = put(0, wide, sizeof(wide));
	SHOWS("rt_sigaction(SIGUSR1, {sa_handler=0x401000, sa_mask=[INT], sa_flags=SA_RESTORER|SA_RESTART, "
	      "sa_restorer=0x402000}, NULL, 8) = 0",
	      ABI_X86_64, "rt_sigaction", { 10, at, 0, 8 });
	at = put(0, narrow, sizeof(narrow));
	SHOWS("sigaction(SIGUSR1, {sa_handler=SIG_IGN, sa_mask=[INT], sa_flags=SA_RESTART}, NULL) = 0", ABI_I386,
	      "sigaction", { 10, at, 0 });
}

static void siginfo_by_signal_and_code(void **state)
{
	int32_t child[32] = { 17, 0, 1, 0, 42, 1000, 3, 0, 4, 0, 0, 0 };
	int32_t fault[32] = { 11, 0, 1, 0, 0x12 };
	int32_t queue[32] = { 12, 12, -1, 5, 6, 7 };
	uint64_t at = put(0, child, sizeof(child));

	(void)state;
	SHOWS("rt_sigqueueinfo(1, SIGCHLD, {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=42, si_uid=1000, "
	      "si_status=3, si_utime=4 /* 0.04 s */, si_stime=0}) = 0",
	      ABI_X86_64, "rt_sigqueueinfo", { 1, 17, at });
	put(0, fault, sizeof(fault));
	SHOWS("rt_sigqueueinfo(1, SIGSEGV, {si_signo=SIGSEGV, si_code=SEGV_MAPERR, si_addr=0x12}) = 0", ABI_X86_64,
	      "rt_sigqueueinfo", { 1, 11, at });
	put(0, queue, sizeof(queue));
	SHOWS("rt_sigqueueinfo(1, SIGUSR2, {si_signo=SIGUSR2, si_code=SI_QUEUE, si_errno=ENOMEM, si_pid=5, si_uid=6, "
	      "si_int=7, si_ptr=0x7}) = 0",
	      ABI_I386, "rt_sigqueueinfo", { 1, 12, at });
}

static void sigreturn_finds_the_mask_above_the_stack_pointer(void **state)
{
	uint64_t set = 1u << 11;

	(void)state;
	put(296, &set, 8);
	SHOWS("rt_sigreturn({mask=[USR2]}) = 0", ABI_X86_64, "rt_sigreturn", { 0 }, .sp = MEMORY_AT);
	memset(memory_bytes, 0, sizeof(memory_bytes));
	put(168, &set, 8);
	SHOWS("rt_sigreturn({mask=[USR2]}) = 0", ABI_AARCH64, "rt_sigreturn", { 0 }, .sp = MEMORY_AT);
}

static void results_have_names(void **state)
{
	uint64_t set = 1u << 11, at = put(0, &set, 8);

	(void)state;
	SHOWS("rt_sigtimedwait([USR2], NULL, NULL, 8) = 12 (SIGUSR2)", ABI_X86_64, "rt_sigtimedwait", { at, 0, 0, 8 },
	      12);
	SHOWS("signal(SIGUSR1, SIG_IGN) = 0 (SIG_DFL)", ABI_I386, "signal", { 10, 1 });
	at = put(0, (uint64_t[]){ 4, 0, 0, 123 }, 32);
	SHOWS("times({tms_utime=4 /* 0.04 s */, tms_stime=0, tms_cutime=0, tms_cstime=123 /* 1.23 s */}) = 5",
	      ABI_X86_64, "times", { at }, 5);
	assert_non_null(strstr(show(&(struct shown){ ABI_X86_64, "adjtimex", { MEMORY_AT }, 5 }), ") = 5 (TIME_ERROR)"));
}

static void entries_of_directories(void **state)
{
	unsigned char d[64] = { 0 };
	uint64_t at;

	(void)state;
	d[0] = 5;
	d[16] = 24;
	d[18] = 4;
	memcpy(d + 19, ".", 2);
	d[24] = 6;
	d[40] = 32;
	d[42] = 8;
	memcpy(d + 43, "na\"me", 6);
	at = put(0, d, sizeof(d));
	SHOWS("getdents64(3, 0x10000 /* 2 entries */, 100) = 56", ABI_X86_64, "getdents64", { 3, at, 100 }, 56);
	SHOWS("getdents64(3, [{d_ino=5, d_off=0, d_reclen=24, d_type=DT_DIR, d_name=\".\"}, {d_ino=6, d_off=0, "
	      "d_reclen=32, d_type=DT_REG, d_name=\"na\\\"me\"}], 100) = 56",
	      ABI_X86_64, "getdents64", { 3, at, 100 }, 56, true);
	d[16] = 0; /* an entry that would never end */
	put(0, d, sizeof(d));
	SHOWS("getdents64(3, 0x10000 /* 0 entries */, 100) = 56", ABI_X86_64, "getdents64", { 3, at, 100 }, 56);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(timespec_follows_the_abi, forget),
		cmocka_unit_test_setup(what_was_not_filled_is_an_address, forget),
		cmocka_unit_test_setup(the_rest_of_a_sleep_is_there_when_interrupted, forget),
		cmocka_unit_test_setup(file_times_know_now_and_omit, forget),
		cmocka_unit_test_setup(stat_follows_the_abi, forget),
		cmocka_unit_test_setup(sets_show_the_smaller_side, forget),
		cmocka_unit_test_setup(actions_follow_the_abi, forget),
		cmocka_unit_test_setup(siginfo_by_signal_and_code, forget),
		cmocka_unit_test_setup(sigreturn_finds_the_mask_above_the_stack_pointer, forget),
		cmocka_unit_test_setup(results_have_names, forget),
		cmocka_unit_test_setup(entries_of_directories, forget),
	};

	return cmocka_run_group_tests(tests, NULL, free_line);
}
