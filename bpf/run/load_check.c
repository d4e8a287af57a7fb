/* SPDX-License-Identifier: GPL-2.0-only
 * May we, and what can this kernel do: found out by trying, since versions say little (distributions carry things back). Only when
 * something is refused are the causes looked for.
 */
#include "load_parts.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#define CAP_SYS_ADMIN_BIT 21
#define CAP_PERFMON_BIT	  38
#define CAP_BPF_BIT	  39

#define INSN(c, d, s, o, i) ((struct bpf_insn){ .code = (c), .dst_reg = (d), .src_reg = (s), .off = (o), .imm = (i) })

unsigned load_cpus(void)
{
	int n = libbpf_num_possible_cpus();

	return n < 1 || n > KERN_CPUS_MAX ? 0 : (unsigned)n;
}

static int load_insns(const struct bpf_insn *insns, size_t n)
{
	int fd = bpf_prog_load(BPF_PROG_TYPE_RAW_TRACEPOINT, "try", "GPL", insns, n, NULL);

	if (fd < 0)
		return -errno;
	close(fd);
	return 0;
}

/* Whether the kernel lets us, in a program: every helper that leaves and fixed programs need is one of tracing's. */
static int try_program(void)
{
	const struct bpf_insn insns[] = {
		INSN(BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_0, 0, 0, 0),
		INSN(BPF_JMP | BPF_EXIT, 0, 0, 0, 0),
	};

	return load_insns(insns, 2);
}

static int try_kernel_memory(void)
{
	const struct bpf_insn insns[] = {
		INSN(BPF_ALU64 | BPF_MOV | BPF_X, BPF_REG_1, BPF_REG_10, 0, 0),
		INSN(BPF_ALU64 | BPF_ADD | BPF_K, BPF_REG_1, 0, 0, -8),
		INSN(BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_2, 0, 0, 8),
		INSN(BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_3, 0, 0, 0),
		INSN(BPF_JMP | BPF_CALL, 0, 0, 0, BPF_FUNC_probe_read_kernel),
		INSN(BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_0, 0, 0, 0),
		INSN(BPF_JMP | BPF_EXIT, 0, 0, 0, 0),
	};

	return load_insns(insns, sizeof insns / sizeof *insns);
}

/* The first bytes of a small file; "" if there are none. */
static void read_text(const char *path, char *buf, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, buf, size - 1);

	buf[n > 0 ? n : 0] = '\0';
	if (fd >= 0)
		close(fd);
}

static uint64_t capabilities(void)
{
	char text[4096], *line;

	read_text("/proc/self/status", text, sizeof text);
	line = strstr(text, "\nCapEff:");
	return line ? strtoull(line + 8, NULL, 16) : 0;
}

static bool is_locked(const char *how)
{
	char text[128], word[32];

	read_text("/sys/kernel/security/lockdown", text, sizeof text);
	snprintf(word, sizeof word, "[%s]", how);
	return strstr(text, word) != NULL;
}

/* Why bpf(2) said EPERM. */
static void why_not_permitted(char *why, size_t size)
{
	uint64_t caps = capabilities();
	bool admin = caps >> CAP_SYS_ADMIN_BIT & 1;
	bool may = admin || ((caps >> CAP_BPF_BIT & 1) && (caps >> CAP_PERFMON_BIT & 1));
	const char *reason;
	char sysctl[16];

	read_text("/proc/sys/kernel/unprivileged_bpf_disabled", sysctl, sizeof sysctl);
	if (may && prctl(PR_GET_SECCOMP) == 2)
		reason = "a seccomp filter stops it, as an engine sets one for its containers";
	else if (may)
		reason = "this process has the capabilities, but a user namespace or a security module does not let it";
	else if (sysctl[0] == '0')
		reason = "this process has neither CAP_SYS_ADMIN nor CAP_BPF with CAP_PERFMON, and what sysctl "
			 "kernel.unprivileged_bpf_disabled=0 allows is not enough";
	else
		reason = "this process has neither CAP_SYS_ADMIN nor CAP_BPF with CAP_PERFMON";
	snprintf(why, size, "bpf(2) is not permitted: %s. On the host, root has the rights: for a container, inject -p NAME -- "
			    "/native/bin/dtrace ...", reason);
}

bool load_allowed(char *why, size_t size)
{
	int error = try_program();

	if (error == -EPERM || error == -EACCES) {
		why_not_permitted(why, size);
		return false;
	}
	if (error == -ENOSYS) {
		snprintf(why, size, "this kernel has no bpf(2) (CONFIG_BPF_SYSCALL)");
		return false;
	}
	if (error) {
		snprintf(why, size, "bpf(2) cannot load a program: %s", strerror(-error));
		return false;
	}
	if (access(LOAD_BTF, R_OK) != 0) {
		snprintf(why, size,
			 errno == ENOENT ? LOAD_BTF " is not there: the kernel has no type information (CONFIG_DEBUG_INFO_BTF), "
					   "or /sys is not mounted here" :
					   LOAD_BTF " cannot be read: %s",
			 strerror(errno));
		return false;
	}
	error = try_kernel_memory();
	if (error) {
		snprintf(why, size, "programs may not read kernel memory here: %s",
			 is_locked("confidentiality") ? "the kernel is locked down (lockdown=confidentiality)" : strerror(-error));
		return false;
	}
	return true;
}

/* 5.12: an atomic operation that gives the old value. */
static bool try_fetch(void)
{
	const struct bpf_insn insns[] = {
		INSN(BPF_ST | BPF_MEM | BPF_DW, BPF_REG_10, 0, -8, 0),
		INSN(BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_0, 0, 0, 1),
		INSN(BPF_STX | BPF_ATOMIC | BPF_DW, BPF_REG_10, BPF_REG_0, -8, BPF_ADD | BPF_FETCH),
		INSN(BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_0, 0, 0, 0),
		INSN(BPF_JMP | BPF_EXIT, 0, 0, 0, 0),
	};

	return load_insns(insns, sizeof insns / sizeof *insns) == 0;
}

static bool has_helper(enum bpf_func_id id)
{
	return libbpf_probe_bpf_helper(BPF_PROG_TYPE_RAW_TRACEPOINT, id, NULL) == 1;
}

void load_features(struct gen_features *f)
{
	libbpf_print_fn_t print = libbpf_set_print(NULL);

	f->task_storage = has_helper(BPF_FUNC_task_storage_get) && has_helper(BPF_FUNC_get_current_task_btf);
	f->atomic_fetch = try_fetch();
	f->loop = has_helper(BPF_FUNC_loop);
	f->send_signal = has_helper(BPF_FUNC_send_signal_thread);
	f->write_user = has_helper(BPF_FUNC_probe_write_user);
	libbpf_set_print(print);
}
