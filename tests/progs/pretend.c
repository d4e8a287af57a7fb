/* SPDX-License-Identifier: GPL-2.0-only
 * Makes system calls that never happen: a tracer sees number, arguments, memory and the result that
 * the script says, the kernel does nothing. So every call, also one that would stop the machine or
 * that this kernel lacks, can be shown to strace and to strace-lite, and their lines compared.
 *
 *     pretend < SCRIPT
 *     @NAME = PART...                  memory whose last byte is followed by an unmapped page; a
 * PART is hex bytes
 *                                      ("0a0b"), "text", &NAME (8-byte address), &&NAME (4-byte),
 * HH*N (N such bytes) NR[:i386] ARG... = RESULT        ARG: a number, @NAME, or @NAME+N; RESULT: a
 * number, or -N for the error N NAME is one word; # begins a comment. Memory lies at the same
 * addresses in each run. A call getpid (number 39) by the program itself comes before the first
 * call of the script, so that a reader finds the beginning.
 *
 * How: a seccomp filter sends calls made at one address to a supervisor (seccomp_unotify(2)), which
 * answers with the result. The supervisor is a process of its own, which a tracer without -f does
 * not see.
 */
#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

enum {
	BASE = 0x10000000,
	STRIDE = 0x10000,
	BLOCK_MAX = 0x8000,
	CALLS_MAX = 200000,
	BLOCKS_MAX = 2000
};

static struct block {
	char name[32];
	uintptr_t addr;
} blocks[BLOCKS_MAX];
static size_t n_blocks;

static struct fake {
	bool i386;
	uint64_t nr, args[6];
	int64_t result;
} * calls;
static size_t n_calls;

/* What caller and supervisor share: the descriptor to listen to, and the result of the call in
 * hand. */
static struct shared {
	volatile int listener;
	volatile int64_t result;
} * shared;

static unsigned line_no;

static uintptr_t block_addr(const char *name)
{
	size_t len = strcspn(name, "+");

	for (size_t i = 0; i < n_blocks; i++)
		if (strlen(blocks[i].name) == len && !memcmp(blocks[i].name, name, len))
			return blocks[i].addr + (name[len] ? strtoull(name + len + 1, NULL, 0) : 0);
	errx(2, "line %u: no memory is called %s", line_no, name);
}

static size_t put_part(unsigned char *to, size_t room, char *part, char **rest)
{
	size_t n = 0;

	if (*part == '"') {
		char *end = strchr(part + 1, '"');

		if (!end || (size_t)(end - part - 1) > room)
			errx(2, "line %u: text without end, or too long", line_no);
		n = (size_t)(end - part - 1);
		memcpy(to, part + 1, n);
		*rest = end + 1;
		return n;
	}
	*rest = part + strcspn(part, " \t\n");
	if (**rest)
		*(*rest)++ = '\0';
	if (*part == '&') {
		uint64_t addr = block_addr(part + (part[1] == '&' ? 2 : 1));

		n = part[1] == '&' ? 4 : 8;
		if (n > room)
			errx(2, "line %u: too long", line_no);
		memcpy(to, &addr, n);
		return n;
	}
	if (strchr(part, '*')) {
		n = strtoul(strchr(part, '*') + 1, NULL, 0);
		if (n > room)
			errx(2, "line %u: too long", line_no);
		memset(to, (int)strtoul(part, NULL, 16), n);
		return n;
	}
	for (; part[0] && part[1]; part += 2, n++) {
		char hex[3] = { part[0], part[1] };

		if (n >= room || !isxdigit((unsigned char)hex[0]) ||
		    !isxdigit((unsigned char)hex[1]))
			errx(2, "line %u: not hex bytes: %s", line_no, part);
		to[n] = (unsigned char)strtoul(hex, NULL, 16);
	}
	return n;
}

static void define(char *line)
{
	struct block *b = &blocks[n_blocks];
	unsigned char data[BLOCK_MAX];
	uintptr_t page = BASE + n_blocks * STRIDE;
	size_t n = 0;
	char *p;

	if (n_blocks == BLOCKS_MAX || sscanf(line, "@%31[^ =]", b->name) != 1 ||
	    !(p = strchr(line, '=')))
		errx(2, "line %u: @NAME = PART...", line_no);
	for (p++; *(p += strspn(p, " \t\n"));)
		n += put_part(data + n, sizeof(data) - n, p, &p);
	if (mmap((void *)page, BLOCK_MAX, PROT_READ | PROT_WRITE,
		 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) == MAP_FAILED)
		err(1, "mmap");
	b->addr = page + BLOCK_MAX - n;
	memcpy((void *)b->addr, data, n);
	n_blocks++;
}

static void add_call(char *line)
{
	struct fake *f = &calls[n_calls];
	char *word = strtok(line, " \t\n"), *end;
	size_t n = 0;

	if (n_calls == CALLS_MAX)
		errx(2, "line %u: too many calls", line_no);
	f->nr = strtoull(word, &end, 0);
	f->i386 = strcmp(end, ":i386") == 0;
	if (end == word || (*end && !f->i386))
		errx(2, "line %u: not a number: %s", line_no, word);
	while ((word = strtok(NULL, " \t\n")) && strcmp(word, "=") != 0) {
		if (n == 6)
			errx(2, "line %u: more than six arguments", line_no);
		f->args[n++] = *word == '@'   ? block_addr(word + 1)
			       : *word == '-' ? (uint64_t)strtoll(word, NULL, 0)
					      : strtoull(word, NULL, 0);
	}
	if (!word || !(word = strtok(NULL, " \t\n")))
		errx(2, "line %u: the result is missing", line_no);
	f->result = *word == '-' ? strtoll(word, NULL, 0) : (int64_t)strtoull(word, NULL, 0);
	n_calls++;
}

static void supervise(void)
{
	struct seccomp_notif ask;
	struct seccomp_notif_resp answer;

	while (shared->listener < 0)
		usleep(1000);
	for (;;) {
		memset(&ask, 0, sizeof(ask));
		if (ioctl(shared->listener, SECCOMP_IOCTL_NOTIF_RECV, &ask)) {
			if (errno == EINTR)
				continue;
			_exit(0);
		}
		answer = (struct seccomp_notif_resp){ .id = ask.id };
		if (shared->result < 0 && shared->result > -4096)
			answer.error = (int32_t)shared->result;
		else
			answer.val = shared->result;
		ioctl(shared->listener, SECCOMP_IOCTL_NOTIF_SEND, &answer);
	}
}

/* The two instructions at which a call is not real. */
static const unsigned char code[] = { 0x0f, 0x05, 0xc3, 0xcd, 0x80, 0xc3 };
enum { CODE = 0x0f000000, AFTER_SYSCALL = CODE + 2, AFTER_INT80 = CODE + 5 };

static void call64(const struct fake *f)
{
	register uint64_t r10 __asm__("r10") = f->args[3];
	register uint64_t r8 __asm__("r8") = f->args[4];
	register uint64_t r9 __asm__("r9") = f->args[5];
	uint64_t rax = f->nr;

	__asm__ volatile("call *%[code]"
			 : "+a"(rax)
			 : [code] "b"((uintptr_t)CODE), "D"(f->args[0]), "S"(f->args[1]),
			   "d"(f->args[2]), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
}

static void call32(const struct fake *f)
{
	uint64_t rax = f->nr;
	/* ebp is an argument there: saved by hand, as is the address to call, for all registers are
	 * taken. */
	static uint64_t bp;

	bp = f->args[5];
	__asm__ volatile("push %%rbp\n\tmov %[bp], %%rbp\n\tcall *%[code]\n\tpop %%rbp"
			 : "+a"(rax)
			 : "b"(f->args[0]), "c"(f->args[1]), "d"(f->args[2]), "S"(f->args[3]),
			   "D"(f->args[4]), [bp] "m"(bp), [code] "r"((uint64_t)CODE + 3)
			 : "r8", "r9", "r10", "memory");
}

static void install(void)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, instruction_pointer) + 4),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 4),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, instruction_pointer)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AFTER_SYSCALL, 1, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AFTER_INT80, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog prog = { sizeof(filter) / sizeof(filter[0]), filter };
	long fd;

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		err(1, "PR_SET_NO_NEW_PRIVS");
	fd = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &prog);
	if (fd < 0)
		err(1, "seccomp");
	shared->listener = (int)fd;
}

/* The kernel puts the heap anywhere in the first gigabyte, which is where the blocks of a script lie: one run in some
 * hundred found its place taken. */
static void same_addresses(char **argv)
{
	int was = personality(0xffffffff);

	if (was == -1 || was & ADDR_NO_RANDOMIZE)
		return;
	if (personality((unsigned long)was | ADDR_NO_RANDOMIZE) == -1)
		err(1, "personality");
	execv("/proc/self/exe", argv);
	err(1, "/proc/self/exe");
}

int main(int argc, char **argv)
{
	static char line[65536], stack[65536] __attribute__((aligned(16)));
	unsigned char *page;

	(void)argc;
	same_addresses(argv);
	calls = calloc(CALLS_MAX, sizeof(*calls));
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	page = mmap((void *)(uintptr_t)CODE, 4096, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	if (!calls || shared == MAP_FAILED || page == MAP_FAILED)
		err(1, "memory");
	memcpy(page, code, sizeof(code));
	if (mprotect(page, 4096, PROT_READ | PROT_EXEC))
		err(1, "mprotect");
	while (fgets(line, sizeof(line), stdin)) {
		char *p = line + strspn(line, " \t\n");

		line_no++;
		if (*p == '#' || !*p)
			continue;
		if (*p == '@')
			define(p);
		else
			add_call(p);
	}
	shared->listener = -1;
	/* The descriptors are shared, so that the supervisor has the listener as well. */
	if (clone((int (*)(void *))supervise, stack + sizeof(stack), CLONE_FILES | SIGCHLD, NULL) <
	    0)
		err(1, "clone");
	install();
	syscall(SYS_getpid);
	for (size_t i = 0; i < n_calls; i++) {
		shared->result = calls[i].result;
		if (calls[i].i386)
			call32(&calls[i]);
		else
			call64(&calls[i]);
	}
	return 0;
}
