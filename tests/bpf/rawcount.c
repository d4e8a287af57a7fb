// SPDX-License-Identifier: GPL-2.0-only
/*
 * Proves the ground that the tracers will stand on: the static libbpf and libelf load a program
 * that is relocated against this kernel's BTF, and it counts exactly the system calls that were
 * made here.
 *
 * Exit: 0 the count is exact, 1 it is not or loading failed, 77 this kernel or this user cannot.
 */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include <err.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define BTF_PATH "/sys/kernel/btf/vmlinux"
#define CANNOT 77
#define CALLS 1000

/* Global, because aarch64 finds local labels in one section through one and the same GOT entry. */
__asm__(".section .rodata\n"
	".globl bpf_elf, bpf_elf_end\n"
	".balign 8\n"
	"bpf_elf: .incbin \"" BPF_OBJECT "\"\n"
	"bpf_elf_end:\n"
	".previous\n");
extern const char bpf_elf[];
extern const char bpf_elf_end[];

/* As in rawcount.bpf.c, in the order in which the compiler lays out .rodata. */
struct want {
	long nr;
	int tgid;
	unsigned int ns;
};

static char last_complaint[512];

/* libbpf says on several lines what went wrong; the last of them is shown if loading fails. */
static int keep_complaint(enum libbpf_print_level level, const char *fmt, va_list ap)
{
	if (level != LIBBPF_WARN)
		return 0;
	vsnprintf(last_complaint, sizeof(last_complaint), fmt, ap);
	last_complaint[strcspn(last_complaint, "\n")] = '\0';
	return 0;
}

static struct want myself(void)
{
	struct stat st;

	if (stat("/proc/self/ns/pid", &st) < 0)
		err(1, "/proc/self/ns/pid");
	return (struct want){ .nr = SYS_getppid, .tgid = getpid(), .ns = (unsigned int)st.st_ino };
}

static unsigned long long read_count(int fd)
{
	unsigned int zero = 0;
	unsigned long long n;

	if (bpf_map_lookup_elem(fd, &zero, &n))
		err(1, "map count: cannot be read");
	return n;
}

int main(void)
{
	LIBBPF_OPTS(bpf_object_open_opts, opts, .object_name = "rawcount");
	struct bpf_object *obj;
	struct bpf_program *prog;
	struct bpf_link *link;
	struct bpf_map *rodata;
	struct want want = myself();
	unsigned long long before, after;
	struct want *place;
	size_t size = 0;
	int e, fd;

	if (access(BTF_PATH, R_OK) < 0) {
		warn("%s: this kernel has no type information to load BPF with "
		     "(CONFIG_DEBUG_INFO_BTF)",
		     BTF_PATH);
		return CANNOT;
	}

	libbpf_set_print(keep_complaint);
	obj = bpf_object__open_mem(bpf_elf, (size_t)(bpf_elf_end - bpf_elf), &opts);
	if (!obj)
		err(1, "the BPF object: cannot be opened: %s", last_complaint);

	rodata = bpf_object__find_map_by_name(obj, ".rodata");
	/* the cast is for libbpf before 1.4, which returned a pointer to const */
	place = rodata ? (struct want *)bpf_map__initial_value(rodata, &size) : NULL;
	if (!place || size != sizeof(want))
		errx(1, "the BPF object: .rodata has %zu bytes, %zu are wanted", size,
		     sizeof(want));
	*place = want;

	e = bpf_object__load(obj);
	if (e == -EPERM || e == -EACCES) {
		warnx("bpf(2): not permitted: run it as root on the host (CAP_BPF and "
		      "CAP_PERFMON), outside of seccomp");
		return CANNOT;
	}
	if (e == -ENOSYS) {
		warnx("bpf(2): this kernel does not have it (CONFIG_BPF_SYSCALL)");
		return CANNOT;
	}
	if (e)
		errx(1, "the BPF object: cannot be loaded: %s: %s", strerror(-e), last_complaint);

	prog = bpf_object__find_program_by_name(obj, "on_sys_enter");
	link = prog ? bpf_program__attach(prog) : NULL;
	if (!link)
		err(1, "raw tracepoint sys_enter: cannot be attached: %s", last_complaint);

	fd = bpf_object__find_map_fd_by_name(obj, "count");
	before = read_count(fd);
	for (int i = 0; i < CALLS; i++)
		syscall(SYS_getppid);
	after = read_count(fd);

	bpf_link__destroy(link);
	bpf_object__close(obj);
	if (after - before != CALLS)
		errx(1, "getppid: %d calls made, %llu counted", CALLS, after - before);
	printf("rawcount: getppid: %d calls made, %llu counted\n", CALLS, after - before);
	return 0;
}
