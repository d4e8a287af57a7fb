/*
 * deny CALL[:BITS][=ERRNO],... COMMAND...
 *
 * Runs COMMAND with the named system calls failing, ENOSYS unless another
 * error is given: an older kernel, as far as a program can see. With BITS (a
 * number) only a call whose first argument has one of these bits set fails, so
 * that unshare(CLONE_NEWUSER) can be refused and unshare(CLONE_NEWNS) not.
 */
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define NATIVE_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define NATIVE_ARCH AUDIT_ARCH_AARCH64
#else
#error "no audit architecture known for this machine"
#endif

static const struct {
	const char *name;
	int nr;
} calls[] = {
	{ "clone3", SYS_clone3 },
	{ "close_range", SYS_close_range },
	{ "fsconfig", SYS_fsconfig },
	{ "fsmount", SYS_fsmount },
	{ "fsopen", SYS_fsopen },
	{ "fspick", SYS_fspick },
	{ "mkdirat", SYS_mkdirat },
	{ "mount_setattr", SYS_mount_setattr },
	{ "move_mount", SYS_move_mount },
	{ "open_tree", SYS_open_tree },
	{ "openat2", SYS_openat2 },
	{ "pidfd_open", SYS_pidfd_open },
	{ "pidfd_send_signal", SYS_pidfd_send_signal },
	{ "setns", SYS_setns },
	{ "socket", SYS_socket },
	{ "statx", SYS_statx },
	{ "umount2", SYS_umount2 },
	{ "unshare", SYS_unshare },
};

static const struct {
	const char *name;
	int value;
} errors[] = {
	{ "EACCES", EACCES }, { "EINVAL", EINVAL }, { "EMFILE", EMFILE }, { "ENOMEM", ENOMEM },
	{ "ENOSPC", ENOSPC }, { "ENOSYS", ENOSYS }, { "EPERM", EPERM },
};

#define countof(a) (sizeof(a) / sizeof((a)[0]))

static struct sock_filter filter[256];
static unsigned short len;

static void add(uint16_t code, uint32_t k, uint8_t jt, uint8_t jf)
{
	if (len == countof(filter)) {
		fputs("deny: too many calls\n", stderr);
		exit(2);
	}
	filter[len++] = (struct sock_filter){ .code = code, .k = k, .jt = jt, .jf = jf };
}

static void load(size_t offset)
{
	add(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

static void rule(int nr, uint32_t bits, int error)
{
	load(offsetof(struct seccomp_data, nr));
	add(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)nr, 0, bits ? 3 : 1);
	if (bits) {
		/* Both architectures are little endian: the low word comes first. */
		load(offsetof(struct seccomp_data, args[0]));
		add(BPF_JMP | BPF_JSET | BPF_K, bits, 0, 1);
	}
	add(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (uint32_t)error, 0, 0);
}

static int lookup_call(const char *name)
{
	for (size_t i = 0; i < countof(calls); i++)
		if (strcmp(calls[i].name, name) == 0)
			return calls[i].nr;
	fprintf(stderr, "deny: unknown call %s\n", name);
	exit(2);
}

static int lookup_error(const char *name)
{
	for (size_t i = 0; i < countof(errors); i++)
		if (strcmp(errors[i].name, name) == 0)
			return errors[i].value;
	fprintf(stderr, "deny: unknown error %s\n", name);
	exit(2);
}

int main(int argc, char **argv)
{
	if (argc < 3) {
		fputs("usage: deny CALL[:BITS][=ERRNO],... COMMAND...\n", stderr);
		return 2;
	}

	load(offsetof(struct seccomp_data, arch));
	add(BPF_JMP | BPF_JEQ | BPF_K, NATIVE_ARCH, 1, 0);
	add(BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);

	for (char *word = strtok(argv[1], ","); word; word = strtok(NULL, ",")) {
		int error = ENOSYS;
		uint32_t bits = 0;
		char *p = strchr(word, '=');
		if (p) {
			*p = '\0';
			error = lookup_error(p + 1);
		}
		p = strchr(word, ':');
		if (p) {
			*p = '\0';
			bits = (uint32_t)strtoul(p + 1, NULL, 0);
		}
		rule(lookup_call(word), bits, error);
	}
	add(BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);

	struct sock_fprog prog = { .len = len, .filter = filter };
	/* Root needs no PR_SET_NO_NEW_PRIVS; anyone else does. */
	if (geteuid() != 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
		perror("deny: PR_SET_NO_NEW_PRIVS");
		return 1;
	}
	if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &prog) != 0) {
		perror("deny: seccomp");
		return 1;
	}
	execvp(argv[2], argv + 2);
	fprintf(stderr, "deny: %s: %s\n", argv[2], strerror(errno));
	return 127;
}
