/* SPDX-License-Identifier: GPL-2.0-only
 * toolbox/strace: from a call to its text. What is expected is what strace 6.1 prints for the same
 * call and memory (tests/progs/pretend shows both the same).
 */
#include "unit.h"

#include "tracee.h"

#include "toolbox/strace/tables.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	READ = 0,
	WRITE = 1,
	OPEN = 2,
	CLOSE = 3,
	MMAP = 9,
	READV = 19,
	ACCESS = 21,
	WRITEV = 20,
	GETPID = 39,
	EXECVE = 59
};
enum { MKNOD = 133, UMASK = 95, SETXATTR = 188, TIME = 201, OPENAT = 257, PIPE2 = 293 };

static int set_up(void **state)
{
	(void)state;
	forget();
	options = (struct decode_options){ .string_limit = 32, .abbrev = true };
	lookup = (struct lookup){ 0 };
	return 0;
}

/* --- strings --- */

static void is_written(const void *bytes, size_t n, const char *want)
{
	char expected[512];

	forget();
	put(0x1000, bytes, n);
	snprintf(expected, sizeof(expected), "write(1, %s, %zu) = %zu", want, n, n);
	assert_string_equal(SHOWN(ABI_X86_64, WRITE, (int64_t)n, 1, 0x1000, n), expected);
}
#define WRITTEN(bytes, want) is_written(bytes, sizeof(bytes) - 1, want)

static void bytes_are_quoted(void **state)
{
	(void)state;
	WRITTEN("", "\"\"");
	WRITTEN("abc\"d\\e\n\t\r\v\f\007\033\177\200\3778",
		"\"abc\\\"d\\\\e\\n\\t\\r\\v\\f\\7\\33\\177\\200\\3778\"");
	/* The shortest octal that the next byte cannot make longer. */
	WRITTEN("\0011\001a\0\0009\0", "\"\\0011\\1a\\0\\09\\0\"");
	WRITTEN("\0007", "\"\\0007\"");
	WRITTEN("\0008", "\"\\08\"");
	WRITTEN("h\303\244llo", "\"h\\303\\244llo\"");
	WRITTEN("trail\\", "\"trail\\\\\"");
}

static void long_ones_are_cut(void **state)
{
	(void)state;
	WRITTEN("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"");
	WRITTEN("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"...");
	options.string_limit = 3;
	WRITTEN("abc", "\"abc\"");
	WRITTEN("abcd", "\"abc\"...");
	/* Strings with an end are cut alike, paths are not. */
	put(0x2000, "abc", 4);
	put(0x3000, "abcd", 5);
	assert_string_equal(SHOWN(ABI_X86_64, SETXATTR, 0, 0x3000, 0x2000, 0, 0, 0),
			    "setxattr(\"abcd\", \"abc\", NULL, 0, 0) = 0");
	assert_string_equal(SHOWN(ABI_X86_64, SETXATTR, 0, 0x2000, 0x3000, 0, 0, 0),
			    "setxattr(\"abc\", \"abc\"..., NULL, 0, 0) = 0");
	options.string_limit = 0;
	WRITTEN("a", "\"\"...");
	options.string_limit = 100000;
	WRITTEN("abc", "\"abc\"");
}

static void hexadecimal_when_asked_for(void **state)
{
	(void)state;
	options.hex = OUT_HEX_NONASCII;
	WRITTEN("a\tb", "\"a\\tb\"");
	WRITTEN("a\037b", "\"\\x61\\x1f\\x62\"");
	options.hex = OUT_HEX_ALL;
	WRITTEN("ab", "\"\\x61\\x62\"");
	options.hex = OUT_HEX_CHARS;
	WRITTEN("a\037b\n\"", "\"a\\x1fb\\n\\\"\"");
}

static void what_cannot_be_read_is_an_address(void **state)
{
	(void)state;
	assert_string_equal(SHOWN(ABI_X86_64, OPEN, -ENOENT, 0x5000, 0),
			    "open(0x5000, O_RDONLY) = -1 ENOENT (No such file or directory)");
	assert_string_equal(SHOWN(ABI_X86_64, OPEN, -ENOENT, 0, 0),
			    "open(NULL, O_RDONLY) = -1 ENOENT (No such file or directory)");
	/* A string whose end lies behind a hole, and a buffer that reaches into one. */
	put(0x5ffd, "abc", 3);
	assert_string_equal(SHOWN(ABI_X86_64, OPEN, 3, 0x5ffd, 0), "open(0x5ffd, O_RDONLY) = 3");
	assert_string_equal(SHOWN(ABI_X86_64, WRITE, 4, 1, 0x5ffd, 4), "write(1, 0x5ffd, 4) = 4");
	assert_string_equal(SHOWN(ABI_X86_64, WRITE, 3, 1, 0x5ffd, 3), "write(1, \"abc\", 3) = 3");
	assert_string_equal(SHOWN(ABI_X86_64, WRITE, 3, 1, UINT64_MAX, UINT64_MAX),
			    "write(1, 0xffffffffffffffff, 18446744073709551615) = 3");
}

static void escaped_text_for_descriptors(void **state)
{
	struct out o = { 0 };

	(void)state;
	out_escaped(&o, "a<b>\n\001", 6, OUT_HEX_NONE, "<>");
	assert_string_equal(o.data, "a\\74b\\76\\n\\1");
	out_free(&o);
}

/* --- entry and exit --- */

static void output_waits_for_the_exit(void **state)
{
	(void)state;
	put(0x1000, "hello", 5);
	assert_string_equal(IN_TWO(ABI_X86_64, READ, 5, 3, 0x1000, 100),
			    "read(3, ...\"hello\", 100) = 5");
	assert_string_equal(IN_TWO(ABI_X86_64, READ, -EIO, 3, 0x1000, 100),
			    "read(3, ...0x1000, 100) = -1 EIO (Input/output error)");
	assert_string_equal(IN_TWO(ABI_X86_64, CLOSE, 0, 3), "close(3...) = 0");
	assert_string_equal(IN_TWO(ABI_X86_64, GETPID, 7), "getpid(...) = 7");
	/* A result that cannot be is not believed beyond the buffer. */
	assert_string_equal(SHOWN(ABI_X86_64, READ, 100, 3, 0x1000, 5),
			    "read(3, \"hello\", 5) = 100");
}

static void arguments_that_mean_nothing_are_left_out(void **state)
{
	(void)state;
	put(0x1000, "f", 2);
	assert_string_equal(SHOWN(ABI_X86_64, OPEN, 3, 0x1000, O_RDWR, 0644),
			    "open(\"f\", O_RDWR) = 3");
	assert_string_equal(SHOWN(ABI_X86_64, OPEN, 3, 0x1000, O_RDWR | O_CREAT, 0644),
			    "open(\"f\", O_RDWR|O_CREAT, 0644) = 3");
	assert_string_equal(SHOWN(ABI_X86_64, MKNOD, 0, 0x1000, 0100644, 0x801),
			    "mknod(\"f\", S_IFREG|0644) = 0");
	assert_string_equal(SHOWN(ABI_X86_64, MKNOD, 0, 0x1000, 060644, 0x801),
			    "mknod(\"f\", S_IFBLK|0644, makedev(0x8, 0x1)) = 0");
	assert_string_equal(SHOWN(ABI_X86_64, MKNOD, 0, 0x1000, 04644, 0x801),
			    "mknod(\"f\", S_ISUID|0644) = 0");
}

static void vectors(void **state)
{
	const uint64_t v[] = { 0x1000, 3, 0x2000, 4, 0, 5 };
	const uint64_t argv[] = { 0x1000, 0x2000, 0 };

	(void)state;
	put(0x1000, "abc", 4);
	put(0x2000, "defg", 5);
	put(0x3000, v, sizeof(v));
	assert_string_equal(SHOWN(ABI_X86_64, WRITEV, 7, 1, 0x3000, 2),
			    "writev(1, [{iov_base=\"abc\", iov_len=3}, {iov_base=\"defg\", "
			    "iov_len=4}], 2) = 7");
	assert_string_equal(
		SHOWN(ABI_X86_64, READV, 4, 1, 0x3000, 2),
		"readv(1, [{iov_base=\"abc\", iov_len=3}, {iov_base=\"d\", iov_len=4}], 2) = 4");
	assert_string_equal(SHOWN(ABI_X86_64, WRITEV, 7, 1, 0x3000, 4),
			    "writev(1, [{iov_base=\"abc\", iov_len=3}, {iov_base=\"defg\", "
			    "iov_len=4}, {iov_base=NULL, iov_len=5}, "
			    "... /* 0x3030 */], 4) = 7");
	assert_string_equal(SHOWN(ABI_X86_64, WRITEV, 7, 1, 0x3000, 0), "writev(1, [], 0) = 7");
	assert_string_equal(SHOWN(ABI_X86_64, WRITEV, 7, 1, 0x3000, UINT64_MAX),
			    "writev(1, 0x3000, 18446744073709551615) = 7");
	put(0x4000, argv, sizeof(argv));
	assert_string_equal(SHOWN(ABI_X86_64, EXECVE, 0, 0x1000, 0x4000, 0x4000),
			    "execve(\"abc\", [\"abc\", \"defg\"], 0x4000 /* 2 vars */) = 0");
	options.abbrev = false;
	assert_string_equal(SHOWN(ABI_X86_64, EXECVE, 0, 0x1000, 0x4000, 0x4010),
			    "execve(\"abc\", [\"abc\", \"defg\"], []) = 0");
}

/* --- names of values --- */

static void constants(void **state)
{
	(void)state;
	assert_string_equal(SHOWN(ABI_X86_64, ACCESS, 0, 0, 0), "access(NULL, F_OK) = 0");
	assert_string_equal(SHOWN(ABI_X86_64, ACCESS, 0, 0, 6), "access(NULL, R_OK|W_OK) = 0");
	assert_string_equal(SHOWN(ABI_X86_64, ACCESS, 0, 0, 0x14), "access(NULL, R_OK|0x10) = 0");
	assert_string_equal(SHOWN(ABI_X86_64, ACCESS, 0, 0, 0x10),
			    "access(NULL, 0x10 /* ?_OK */) = 0");
	/* Bits that make a name together, and those of them that stand alone. */
	assert_string_equal(SHOWN(ABI_X86_64, OPEN, 3, 0, O_SYNC | O_CLOEXEC),
			    "open(NULL, O_RDONLY|O_SYNC|O_CLOEXEC) = 3");
	assert_string_equal(SHOWN(ABI_X86_64, OPEN, 3, 0, O_DSYNC),
			    "open(NULL, O_RDONLY|O_DSYNC) = 3");
	assert_string_equal(SHOWN(ABI_X86_64, OPEN, 3, 0, O_DIRECTORY),
			    "open(NULL, O_RDONLY|O_DIRECTORY) = 3");
	options.constants = CONST_RAW;
	assert_string_equal(SHOWN(ABI_X86_64, ACCESS, 0, 0, 6), "access(NULL, 0x6) = 0");
	assert_string_equal(SHOWN(ABI_X86_64, OPENAT, 3, (uint64_t)AT_FDCWD, 0, O_CREAT, 0644),
			    "openat(-100, NULL, 0x40, 0644) = 3");
	options.constants = CONST_VERBOSE;
	assert_string_equal(SHOWN(ABI_X86_64, ACCESS, 0, 0, 6),
			    "access(NULL, 0x6 /* R_OK|W_OK */) = 0");
	assert_string_equal(
		SHOWN(ABI_X86_64, OPENAT, 3, (uint64_t)AT_FDCWD, 0, O_CREAT, 0644),
		"openat(-100 /* AT_FDCWD */, NULL, 0x40 /* O_RDONLY|O_CREAT */, 0644) = 3");
}

/* O_DIRECTORY is 0x10000 on x86 and 0x4000 on aarch64, where 0x10000 is O_DIRECT. */
static void flags_differ_by_abi(void **state)
{
	(void)state;
	assert_string_equal(SHOWN(ABI_X86_64, OPENAT, 3, (uint64_t)AT_FDCWD, 0, 0x10000),
			    "openat(AT_FDCWD, NULL, O_RDONLY|O_DIRECTORY) = 3");
	assert_string_equal(SHOWN(ABI_AARCH64, 56, 3, (uint64_t)AT_FDCWD, 0, 0x10000),
			    "openat(AT_FDCWD, NULL, O_RDONLY|O_DIRECT) = 3");
	assert_string_equal(SHOWN(ABI_AARCH64, 56, 3, (uint64_t)AT_FDCWD, 0, 0x4000),
			    "openat(AT_FDCWD, NULL, O_RDONLY|O_DIRECTORY) = 3");
}

/* --- results --- */

static void results(void **state)
{
	(void)state;
	assert_string_equal(SHOWN(ABI_X86_64, MMAP, 0x7f0000001000, 0, 4096, 3, 0x22, (uint64_t)-1,
				  0),
			    "mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, "
			    "0) = 0x7f0000001000");
	assert_string_equal(SHOWN(ABI_X86_64, UMASK, 022, 077), "umask(077) = 022");
	assert_string_equal(SHOWN(ABI_X86_64, UMASK, 0, 0), "umask(000) = 000");
	assert_string_equal(SHOWN(ABI_X86_64, CLOSE, -5000, 1), "close(1) = 18446744073709546616");
	assert_string_equal(SHOWN(ABI_I386, 6, -5000, 1), "close(1) = 4294962296");
	assert_string_equal(SHOWN(ABI_I386, 6, -EBADF, 1),
			    "close(1) = -1 EBADF (Bad file descriptor)");
	assert_string_equal(
		SHOWN(ABI_I386, 192, 0xf7000000, 0, 1, 0, 0x22, (uint64_t)-1, 2),
		"mmap2(NULL, 1, PROT_NONE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0x2000) = 0xf7000000");
}

static void errors(void **state)
{
	(void)state;
	assert_string_equal(SHOWN(ABI_X86_64, CLOSE, -ENOTTY, 1),
			    "close(1) = -1 ENOTTY (Inappropriate ioctl for device)");
	assert_string_equal(SHOWN(ABI_X86_64, CLOSE, -512, 1),
			    "close(1) = ? ERESTARTSYS (To be restarted if SA_RESTART is set)");
	assert_string_equal(SHOWN(ABI_X86_64, CLOSE, -513, 1),
			    "close(1) = ? ERESTARTNOINTR (To be restarted)");
	assert_string_equal(SHOWN(ABI_X86_64, CLOSE, -514, 1),
			    "close(1) = ? ERESTARTNOHAND (To be restarted if no handler)");
	assert_string_equal(SHOWN(ABI_X86_64, CLOSE, -515, 1),
			    "close(1) = -1 ENOIOCTLCMD (Unknown error 515)");
	assert_string_equal(SHOWN(ABI_X86_64, CLOSE, -516, 1),
			    "close(1) = ? ERESTART_RESTARTBLOCK (Interrupted by signal)");
	assert_string_equal(SHOWN(ABI_X86_64, CLOSE, -600, 1), "close(1) = -1 (errno 600)");
	assert_string_equal(decode_errno_name(2), "ENOENT");
	assert_null(decode_errno_name(41));
	assert_null(decode_errno_name(0));
	assert_null(decode_errno_name(-1));
	assert_int_equal(decode_errno_number("EAGAIN"), EAGAIN);
	assert_int_equal(decode_errno_number("ENOSUCH"), 0);
	/* glibc's words, which the host has. */
	for (int e = 1; e < 134; e++) {
		if (e != 41 && e != 58)
			assert_string_equal(decode_errno_text(e), strerror(e));
	}
}

/* --- what -y, -Y and -e raw add --- */

static bool fd_text(void *ctx, pid_t tid, int fd, struct out *o)
{
	(void)ctx;
	assert_int_equal(tid, 7);
	if (fd != 3 && fd != AT_FDCWD)
		return false;
	out_puts(o, fd == 3 ? "</tmp/f>" : "</home>");
	return true;
}

static bool comm_text(void *ctx, pid_t pid, struct out *o)
{
	(void)ctx;
	if (pid != 7)
		return false;
	out_puts(o, "init");
	return true;
}

static void lookups(void **state)
{
	(void)state;
	lookup = (struct lookup){ .fd = fd_text, .comm = comm_text };
	assert_string_equal(SHOWN(ABI_X86_64, CLOSE, 0, 3), "close(3</tmp/f>) = 0");
	assert_string_equal(SHOWN(ABI_X86_64, CLOSE, 0, 4), "close(4) = 0");
	assert_string_equal(SHOWN(ABI_X86_64, CLOSE, -EBADF, (uint64_t)-1),
			    "close(-1) = -1 EBADF (Bad file descriptor)");
	assert_string_equal(SHOWN(ABI_X86_64, OPENAT, 3, (uint64_t)AT_FDCWD, 0, 0),
			    "openat(AT_FDCWD</home>, NULL, O_RDONLY) = 3</tmp/f>");
	assert_string_equal(SHOWN(ABI_X86_64, GETPID, 7), "getpid() = 7<init>");
	assert_string_equal(SHOWN(ABI_X86_64, GETPID, 8), "getpid() = 8");
}

static void raw_arguments(void **state)
{
	bool *raw = calloc(decode_row_count(), sizeof(*raw));

	(void)state;
	raw[decode_find("openat")] = true;
	options.raw_rows = raw;
	put(0x1000, "f", 2);
	assert_string_equal(SHOWN(ABI_X86_64, OPENAT, 3, (uint64_t)AT_FDCWD, 0x1000, 0),
			    "openat(0xffffffffffffff9c, 0x1000, 0, 0) = 0x3");
	assert_string_equal(SHOWN(ABI_X86_64, OPEN, 3, 0x1000, 0), "open(\"f\", O_RDONLY) = 3");
	free(raw);
}

/* --- i386 --- */

static void pairs_of_registers(void **state)
{
	const uint64_t offset = 0x123456789;

	(void)state;
	put(0x1000, "abc", 3);
	put(0x2000, &offset, sizeof(offset));
	assert_string_equal(SHOWN(ABI_I386, 180, 3, 1, 0x1000, 3, 4, 5),
			    "pread64(1, \"abc\", 3, 21474836484) = 3");
	assert_string_equal(SHOWN(ABI_I386, 140, 0, 3, 1, 2, 0x2000, 0),
			    "_llseek(3, 4294967298, [4886718345], SEEK_SET) = 0");
	/* The registers' upper halves are not the tracee's. */
	assert_string_equal(SHOWN(ABI_I386, 4, 3, 0xf00000001, 0xf00001000, 0xf00000003),
			    "write(1, \"abc\", 3) = 3");
}

static void calls_within_calls(void **state)
{
	const uint32_t args[] = { 5, 0x1000, 3, 0, 0, 0 };

	(void)state;
	put(0x1000, "abc", 3);
	put(0x2000, args, sizeof(args));
	assert_string_equal(SHOWN(ABI_I386, 102, 3, 9, 0x2000), "send(5, \"abc\", 3, 0) = 3");
	assert_string_equal(SHOWN(ABI_I386, 102, 0, 4, 0x2000), "listen(5, 4096) = 0");
	assert_string_equal(SHOWN(ABI_I386, 102, 0, 4, 0x9000),
			    "socketcall(SYS_LISTEN, 0x9000) = 0");
	assert_string_equal(SHOWN(ABI_I386, 102, 0, 21, 0x2000), "socketcall(21, 0x2000) = 0");
	assert_string_equal(SHOWN(ABI_I386, 117, 0, 22, 0, 0, 0, 0x5000), "shmdt(0x5000) = 0");
	assert_string_equal(SHOWN(ABI_I386, 117, 0, 21, 7, 0, 0x2000, 0x5000),
			    "shmat(7, 0x5000, 0) = 0x5");
	assert_string_equal(SHOWN(ABI_I386, 117, 0, 26, 1, 2, 3, 4, 5),
			    "ipc(26, 0x1, 0x2, 0x3, 0x4, 0x5) = 0");
}

/* --- numbers without a row --- */

static void unknown_numbers(void **state)
{
	const struct call_row *first, *last = NULL;
	char want[64];

	(void)state;
	assert_string_equal(SHOWN(ABI_X86_64, 0x1f4, -ENOSYS, 1, 2, 3, 4, 5, 6),
			    "syscall_0x1f4(0x1, 0x2, 0x3, 0x4, 0x5, 0x6) = -1 ENOSYS (Function not "
			    "implemented)");
	assert_string_equal(SHOWN(ABI_X86_64, UINT64_MAX, 83),
			    "syscall_0xffffffffffffffff(0, 0, 0, 0, 0, 0) = 0x53");
	assert_string_equal(SHOWN(ABI_I386, UINT64_MAX, 83),
			    "syscall_0xffffffff(0, 0, 0, 0, 0, 0) = 0x53");
	first = decode_row(ABI_X86_64, 0x1f4);
	assert_string_equal(first->name, "syscall_0x1f4");
	assert_ptr_equal(decode_row(ABI_X86_64, 0x1f4), first);
	assert_ptr_not_equal(decode_row(ABI_AARCH64, 0x1f4), first);
	/* As many as a tracee likes: rows end, numbers are shown still, and indices stay within the
	 * count. */
	for (uint64_t nr = 0x10000; nr < 0x10000 + 1000; nr++) {
		last = decode_row(ABI_X86_64, nr);
		assert_true(last->index < decode_row_count());
		snprintf(want, sizeof(want), "syscall_%#lx(0x9, 0, 0, 0, 0, 0) = 0",
			 (unsigned long)nr);
		assert_string_equal(SHOWN(ABI_X86_64, nr, 0, 9), want);
	}
	assert_ptr_equal(decode_row(ABI_X86_64, 0x20000), last);
	assert_ptr_equal(decode_row(ABI_X86_64, 0x1f4), first);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(bytes_are_quoted, set_up),
		cmocka_unit_test_setup(long_ones_are_cut, set_up),
		cmocka_unit_test_setup(hexadecimal_when_asked_for, set_up),
		cmocka_unit_test_setup(what_cannot_be_read_is_an_address, set_up),
		cmocka_unit_test_setup(escaped_text_for_descriptors, set_up),
		cmocka_unit_test_setup(output_waits_for_the_exit, set_up),
		cmocka_unit_test_setup(arguments_that_mean_nothing_are_left_out, set_up),
		cmocka_unit_test_setup(vectors, set_up),
		cmocka_unit_test_setup(constants, set_up),
		cmocka_unit_test_setup(flags_differ_by_abi, set_up),
		cmocka_unit_test_setup(results, set_up),
		cmocka_unit_test_setup(errors, set_up),
		cmocka_unit_test_setup(lookups, set_up),
		cmocka_unit_test_setup(raw_arguments, set_up),
		cmocka_unit_test_setup(pairs_of_registers, set_up),
		cmocka_unit_test_setup(calls_within_calls, set_up),
		cmocka_unit_test_setup(unknown_numbers, set_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
