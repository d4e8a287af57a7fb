/* SPDX-License-Identifier: GPL-2.0-only
 * Processes, memory, files and devices; and numbers of a tracee that lies.
 */
#include "kinds.h"

static void clone_has_its_own_order_in_each_abi(void **state)
{
	int32_t tid = 7;
	uint64_t at = put(0, &tid, sizeof(tid)), flags = 0x100000 | 0x80000 | 0x200000 | 17;

	(void)state;
	SHOWS("clone(child_stack=NULL, flags=CLONE_SETTLS|CLONE_PARENT_SETTID|CLONE_CHILD_CLEARTID|SIGCHLD, "
	      "parent_tid=[7], tls=0x55, child_tidptr=0x66) = 7",
	      ABI_X86_64, "clone", { flags, 0, at, 0x66, 0x55 }, 7);
	SHOWS("clone(child_stack=NULL, flags=CLONE_SETTLS|CLONE_PARENT_SETTID|CLONE_CHILD_CLEARTID|SIGCHLD, "
	      "parent_tid=[7], tls=0x55, child_tidptr=0x66) = 7",
	      ABI_AARCH64, "clone", { flags, 0, at, 0x55, 0x66 }, 7);
	SHOWS("clone(child_stack=NULL, flags=SIGCHLD) = 7", ABI_I386, "clone", { 17 }, 7);
}

static void clone3_shows_what_counts_and_what_came_back(void **state)
{
	int32_t pidfd = 4;
	uint64_t at = put(512, &pidfd, sizeof(pidfd));
	uint64_t args[12] = { 0x1000, at, 0, 0, 17 }, addr;

	(void)state;
	addr = put(0, args, sizeof(args));
	SHOWS("clone3({flags=CLONE_PIDFD, pidfd=0x10200, exit_signal=SIGCHLD, stack=NULL, stack_size=0} => "
	      "{pidfd=[4]}, 88) = 9",
	      ABI_X86_64, "clone3", { addr, 88 }, 9);
	SHOWS("clone3(0x10000, 16) = -1 EINVAL (Invalid argument)", ABI_X86_64, "clone3", { addr, 16 }, -22);
	args[0] = 0x200;
	args[11] = 5;
	put(0, args, sizeof(args));
	SHOWS("clone3({flags=CLONE_FS, exit_signal=SIGCHLD, stack=NULL, stack_size=0, /* bytes 88..95 */ "
	      "\"\\x05\\x00\\x00\\x00\\x00\\x00\\x00\\x00\"}, 96) = -1 E2BIG (Argument list too long)",
	      ABI_X86_64, "clone3", { addr, 96 }, -7);
}

static void ends_of_processes(void **state)
{
	static const struct {
		int32_t status;
		const char *want;
	} cases[] = {
		{ 0x300, "wait4(5, [{WIFEXITED(s) && WEXITSTATUS(s) == 3}], 0, NULL) = 5" },
		{ 9, "wait4(5, [{WIFSIGNALED(s) && WTERMSIG(s) == SIGKILL}], 0, NULL) = 5" },
		{ 0x8b, "wait4(5, [{WIFSIGNALED(s) && WTERMSIG(s) == SIGSEGV && WCOREDUMP(s)}], 0, NULL) = 5" },
		{ 0x137f, "wait4(5, [{WIFSTOPPED(s) && WSTOPSIG(s) == SIGSTOP}], 0, NULL) = 5" },
		{ 0xffff, "wait4(5, [{WIFCONTINUED(s)}], 0, NULL) = 5" },
		{ 0x857f, "wait4(5, [{WIFSTOPPED(s) && WSTOPSIG(s) == SIGTRAP | 0x80}], 0, NULL) = 5" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint64_t at = put(0, &cases[i].status, 4);

		SHOWS(cases[i].want, ABI_X86_64, "wait4", { 5, at, 0, 0 }, 5);
	}
	SHOWS("wait4(-1, 0x10000, WNOHANG, NULL) = 0", ABI_X86_64, "wait4", { (uint32_t)-1, MEMORY_AT, 1, 0 });
}

static void limits_in_kilobytes(void **state)
{
	uint64_t wide[2] = { 8192 * 1024, ~0ull }, at = put(0, wide, sizeof(wide));
	uint32_t narrow[2] = { 1025, UINT32_MAX };

	(void)state;
	SHOWS("prlimit64(0, RLIMIT_STACK, NULL, {rlim_cur=8192*1024, rlim_max=RLIM64_INFINITY}) = 0", ABI_X86_64,
	      "prlimit64", { 0, 3, 0, at });
	at = put(0, narrow, sizeof(narrow));
	SHOWS("setrlimit(RLIMIT_NOFILE, {rlim_cur=1025, rlim_max=RLIM_INFINITY}) = 0", ABI_I386, "setrlimit", { 7, at });
}

static void futex_by_operation(void **state)
{
	(void)state;
	SHOWS("futex(0x10000, FUTEX_WAKE_PRIVATE, 2147483647) = 1", ABI_X86_64, "futex",
	      { MEMORY_AT, 129, 0x7fffffff, 5, 6, 7 }, 1);
	SHOWS("futex(0x10000, FUTEX_WAIT_BITSET_PRIVATE|FUTEX_CLOCK_REALTIME, 5, NULL, FUTEX_BITSET_MATCH_ANY) = "
	      "-1 EAGAIN (Resource temporarily unavailable)",
	      ABI_X86_64, "futex", { MEMORY_AT, 9 | 128 | 256, 5, 0, 0, UINT32_MAX }, -11);
	SHOWS("futex(0x10000, FUTEX_WAKE_OP_PRIVATE, 1, 1, 0x20000, "
	      "FUTEX_OP_SET<<28|0<<12|FUTEX_OP_CMP_GT<<24|0x1) = 0",
	      ABI_X86_64, "futex", { MEMORY_AT, 133, 1, 1, 0x20000, 0x4000001 });
}

static void locks_have_two_layouts_on_i386(void **state)
{
	struct {
		int16_t type, whence;
		int32_t start, len, pid;
	} narrow = { 1, 0, 5, 100, 9 };
	struct __attribute__((packed)) {
		int16_t type, whence;
		int64_t start, len;
		int32_t pid;
	} wide = { 1, 0, 5, 1ll << 40, 9 };
	uint64_t at = put(0, &narrow, sizeof(narrow));

	(void)state;
	SHOWS("fcntl(3, F_GETLK, {l_type=F_WRLCK, l_whence=SEEK_SET, l_start=5, l_len=100, l_pid=9}) = 0", ABI_I386,
	      "fcntl", { 3, 5, at });
	SHOWS("fcntl(3, F_SETLK, {l_type=F_WRLCK, l_whence=SEEK_SET, l_start=5, l_len=100}) = 0", ABI_I386, "fcntl",
	      { 3, 6, at });
	at = put(0, &wide, sizeof(wide));
	SHOWS("fcntl64(3, F_SETLK64, {l_type=F_WRLCK, l_whence=SEEK_SET, l_start=5, l_len=1099511627776}) = 0",
	      ABI_I386, "fcntl64", { 3, 13, at });
	SHOWS("fcntl(3, F_GETFL) = 0x8002 (flags O_RDWR|O_LARGEFILE)", ABI_X86_64, "fcntl", { 3, 3, 0 }, 0x8002);
}

static void pages_and_their_sizes(void **state)
{
	uint32_t old[6] = { 0, 8192, 3, 0x22, (uint32_t)-1, 0 };
	uint64_t at = put(0, old, sizeof(old));

	(void)state;
	SHOWS("mmap(NULL, 8192, PROT_READ, MAP_PRIVATE|MAP_ANONYMOUS|MAP_HUGETLB|21<<MAP_HUGE_SHIFT, -1, 0) = 0x1000",
	      ABI_X86_64, "mmap", { 0, 8192, 1, 0x40022 | 21u << 26, (uint32_t)-1, 0 }, 0x1000);
	SHOWS("mmap(NULL, 8192, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = 0x1000", ABI_I386, "mmap",
	      { at }, 0x1000);
	SHOWS("mmap2(NULL, 8192, PROT_READ, MAP_PRIVATE, 3, 0x2000) = 0x1000", ABI_I386, "mmap2",
	      { 0, 8192, 1, 2, 3, 2 }, 0x1000);
}

static void devices_by_request(void **state)
{
	uint16_t size[4] = { 24, 80, 0, 0 };
	uint64_t at = put(0, size, sizeof(size));

	(void)state;
	SHOWS("ioctl(0, TIOCGWINSZ, {ws_row=24, ws_col=80, ws_xpixel=0, ws_ypixel=0}) = 0", ABI_X86_64, "ioctl",
	      { 0, 0x5413, at });
	SHOWS("ioctl(1, TCGETS, 0x10000) = -1 ENOTTY (Inappropriate ioctl for device)", ABI_X86_64, "ioctl",
	      { 1, 0x5401, at }, -25);
	SHOWS("ioctl(1, _IOC(_IOC_READ|_IOC_WRITE, 0x5e, 0x7, 0x4), 0x10000) = 0", ABI_X86_64, "ioctl",
	      { 1, 0xc0045e07, at });
}

static void filters_are_programs(void **state)
{
	uint64_t prog[2] = { 2, MEMORY_AT + 64 }, at = put(0, prog, sizeof(prog));
	uint16_t code[8] = { 0x15, 0x0001, 59, 0, 0x06, 0, 5, 0x5 };

	(void)state;
	put(64, code, sizeof(code));
	SHOWS("seccomp(SECCOMP_SET_MODE_FILTER, 0, {len=2, filter=[BPF_JUMP(BPF_JMP|BPF_K|BPF_JEQ, 0x3b, 0x1, 0), "
	      "BPF_STMT(BPF_RET|BPF_K, SECCOMP_RET_ERRNO|0x5)]}) = 0",
	      ABI_X86_64, "seccomp", { 1, 0, at }, 0, true);
}

/* Every row of every ABI with pointers to the end of the page, to nothing, and huge counts: no answer is wanted but
 * that the sanitizers stay silent and the line ends. */
static void lies_of_every_kind(void **state)
{
	static const uint64_t lies[] = { 0, 1, MEMORY_AT, MEMORY_AT + MEMORY_SIZE - 3, ~0ull, INT64_MAX,
					 0x7fffffff, 1ull << 40, (uint32_t)-1, 88, 0x100000000ull };
	static const int64_t results[] = { 0, -22, 4096, INT64_MAX };

	(void)state;
	memset(memory_bytes, 0xff, sizeof(memory_bytes));
	for (size_t round = 0; round < 40; round++) {
		for (size_t i = 0; round >= 20 && i < sizeof(memory_bytes); i++)
			memory_bytes[i] = (unsigned char)(i * round % 251 % 7);
		for (int abi = 0; abi < ABI_COUNT; abi++) {
			size_t n;
			const struct call_row *const *rows = decode_rows((enum abi)abi, &n);

			for (size_t i = 0; i < n; i++) {
				struct shown s = { (enum abi)abi };

				if (!rows[i])
					continue;
				s.name = rows[i]->name;
				s.ret = results[(i + round) % 4];
				s.whole = round % 3 == 0;
				for (size_t a = 0; a < 6; a++)
					s.args[a] = lies[(i * 7 + a * 3 + round * (a + 1)) % (sizeof(lies) / sizeof(lies[0]))];
				assert_non_null(strstr(show(&s), " = "));
			}
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(clone_has_its_own_order_in_each_abi, forget),
		cmocka_unit_test_setup(clone3_shows_what_counts_and_what_came_back, forget),
		cmocka_unit_test_setup(ends_of_processes, forget),
		cmocka_unit_test_setup(limits_in_kilobytes, forget),
		cmocka_unit_test_setup(futex_by_operation, forget),
		cmocka_unit_test_setup(locks_have_two_layouts_on_i386, forget),
		cmocka_unit_test_setup(pages_and_their_sizes, forget),
		cmocka_unit_test_setup(devices_by_request, forget),
		cmocka_unit_test_setup(filters_are_programs, forget),
		cmocka_unit_test_setup(lies_of_every_kind, forget),
	};

	return cmocka_run_group_tests(tests, NULL, free_line);
}
