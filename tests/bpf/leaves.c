// SPDX-License-Identifier: GPL-2.0-only
/*
 * Leaves written by hand that try more than a leaf may, and some that do not. Each goes through leafcheck() and, where this kernel
 * and user allow, through the kernel's verifier: a bad one must be refused by the one that the table names, a good one by none.
 *
 * Exit: 0 as expected, 1 not, 77 leafcheck() does as expected, but the kernel could not be asked.
 */
#include "bpf/run/leafcheck.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define CANNOT 77
#define INSNS  64

#define INSN(c, d, s, o, i)   ((struct bpf_insn){ .code = (c), .dst_reg = (d), .src_reg = (s), .off = (o), .imm = (i) })
#define MOV(d, s)	      INSN(BPF_ALU64 | BPF_MOV | BPF_X, d, s, 0, 0)
#define SET(d, i)	      INSN(BPF_ALU64 | BPF_MOV | BPF_K, d, 0, 0, i)
#define ADD(d, i)	      INSN(BPF_ALU64 | BPF_ADD | BPF_K, d, 0, 0, i)
#define LOAD(d, s, o)	      INSN(BPF_LDX | BPF_MEM | BPF_DW, d, s, o, 0)
#define STORE(d, s, o)	      INSN(BPF_STX | BPF_MEM | BPF_DW, d, s, o, 0)
#define ZERO(d, o)	      INSN(BPF_ST | BPF_MEM | BPF_DW, d, 0, o, 0)
#define CALL(f)		      INSN(BPF_JMP | BPF_CALL, 0, 0, 0, f)
#define KFUNC(id)	      INSN(BPF_JMP | BPF_CALL, 0, BPF_PSEUDO_KFUNC_CALL, 0, id)
#define CALL_OWN(distance)    INSN(BPF_JMP | BPF_CALL, 0, BPF_PSEUDO_CALL, 0, distance)
#define IF_ZERO(r, distance)  INSN(BPF_JMP | BPF_JEQ | BPF_K, r, 0, distance, 0)
#define JUMP(distance)	      INSN(BPF_JMP | BPF_JA, 0, 0, distance, 0)
#define MAP(d, which)	      INSN(BPF_LD | BPF_IMM | BPF_DW, d, BPF_PSEUDO_MAP_FD, 0, which), INSN(0, 0, 0, 0, 0)
#define EXIT		      INSN(BPF_JMP | BPF_EXIT, 0, 0, 0, 0)
/* Descriptors are put in when they are known. */
#define OWN    -1 /* ARRAY of 64 bytes */
#define TASKS  -2 /* TASK_STORAGE */
#define RING   -3
#define ALIENS -4 /* a map that is there, but not of this leaf */
/* r0 = the element of the map, or the end. Uses the stack at -4; 7 instructions and one for the end. */
#define ELEMENT(end) INSN(BPF_ST | BPF_MEM | BPF_W, 10, 0, -4, 0), MOV(2, 10), ADD(2, -4), MAP(1, OWN), CALL(BPF_FUNC_map_lookup_elem), \
		IF_ZERO(0, end)

enum { NOBODY, US, KERNEL, LOCKDOWN /* the kernel alone, where it is locked down */ };

struct leaf {
	const char *name;
	int by;		      /* who refuses it */
	const char *says;     /* a part of our sentence */
	bool destructive, kernel_stacks; /* of the rules */
	struct bpf_insn insns[INSNS];
};

static const struct leaf leaves[] = {
	{ "counts in its own map", NOBODY, "", false, false,
	  { ELEMENT(2), SET(1, 1), INSN(BPF_STX | BPF_ATOMIC | BPF_DW, 0, 1, 0, BPF_ADD), SET(0, 0), EXIT } },
	{ "copies from user memory", NOBODY, "", false, false,
	  { ELEMENT(4), MOV(1, 0), SET(2, 8), SET(3, 4096), CALL(BPF_FUNC_probe_read_user), SET(0, 0), EXIT } },
	{ "takes the user's stack", NOBODY, "", false, false,
	  { MOV(6, 1), ELEMENT(5), MOV(2, 0), MOV(1, 6), SET(3, 64), SET(4, BPF_F_USER_STACK), CALL(BPF_FUNC_get_stack), SET(0, 0), EXIT } },
	{ "keeps the context on the stack meanwhile", NOBODY, "", false, false,
	  { STORE(10, 1, -16), ELEMENT(5), MOV(2, 0), LOAD(1, 10, -16), SET(3, 64), SET(4, BPF_F_USER_STACK), CALL(BPF_FUNC_get_stack),
	    SET(0, 0), EXIT } },
	{ "uses storage of the current task", NOBODY, "", false, false,
	  { CALL(BPF_FUNC_get_current_task_btf), MOV(2, 0), MAP(1, TASKS), SET(3, 0), SET(4, 1), CALL(BPF_FUNC_task_storage_get), SET(0, 0),
	    EXIT } },
	{ "writes to user memory, destructively", LOCKDOWN, "", true, false,
	  { ELEMENT(4), MOV(2, 0), SET(1, 4096), SET(3, 8), CALL(BPF_FUNC_probe_write_user), SET(0, 0), EXIT } },
	{ "sends a signal, destructively", NOBODY, "", true, false, { SET(1, 10), CALL(BPF_FUNC_send_signal), SET(0, 0), EXIT } },
	{ "takes the kernel's stack on the host", NOBODY, "", false, true,
	  { MOV(6, 1), ELEMENT(5), MOV(2, 0), MOV(1, 6), SET(3, 64), SET(4, 0), CALL(BPF_FUNC_get_stack), SET(0, 0), EXIT } },
	{ "has a function", NOBODY, "", false, false, { CALL_OWN(2), SET(0, 0), EXIT, SET(0, 1), EXIT } },

	{ "reads kernel memory", US, "calls helper 113", true, true,
	  { ELEMENT(4), MOV(1, 0), SET(2, 8), SET(3, 4096), CALL(BPF_FUNC_probe_read_kernel), SET(0, 0), EXIT } },
	{ "reads kernel memory the old way", US, "calls helper 4,", true, true,
	  { ELEMENT(4), MOV(1, 0), SET(2, 8), SET(3, 4096), CALL(BPF_FUNC_probe_read), SET(0, 0), EXIT } },
	{ "follows the current task", US, "calls helper 35", false, false,
	  { CALL(BPF_FUNC_get_current_task), LOAD(0, 0, 0), SET(0, 0), EXIT } },
	{ "follows the current task by its type", US, "but not for storage", false, false,
	  { CALL(BPF_FUNC_get_current_task_btf), LOAD(1, 0, 0), SET(0, 0), EXIT } },
	{ "keeps the task beside storage", US, "does something else", false, false,
	  { CALL(BPF_FUNC_get_current_task_btf), MOV(2, 0), MOV(6, 0), MAP(1, TASKS), SET(3, 0), SET(4, 1), CALL(BPF_FUNC_task_storage_get),
	    LOAD(6, 6, 0), SET(0, 0), EXIT } },
	{ "jumps between the task and storage", US, "is jumped to", false, false,
	  { SET(3, 0), IF_ZERO(3, 2), CALL(BPF_FUNC_get_current_task_btf), MOV(2, 0), MAP(1, TASKS), SET(3, 0), SET(4, 1),
	    CALL(BPF_FUNC_task_storage_get), SET(0, 0), EXIT } },
	{ "storage of a task from elsewhere", US, "another task", false, false,
	  { SET(2, 0), MAP(1, TASKS), SET(3, 0), SET(4, 1), CALL(BPF_FUNC_task_storage_get), SET(0, 0), EXIT } },
	{ "sends a signal", US, "destructive", false, false, { SET(1, 9), CALL(BPF_FUNC_send_signal), SET(0, 0), EXIT } },
	{ "writes to user memory", US, "destructive", false, false,
	  { ELEMENT(4), MOV(2, 0), SET(1, 4096), SET(3, 8), CALL(BPF_FUNC_probe_write_user), SET(0, 0), EXIT } },
	{ "reads the context", US, "reads the context", false, false, { LOAD(0, 1, 0), SET(0, 0), EXIT } },
	{ "follows what the context points to", US, "reads the context", false, false, { LOAD(1, 1, 0), LOAD(0, 1, 0), SET(0, 0), EXIT } },
	{ "follows a number", KERNEL, "", false, false, { ELEMENT(2), LOAD(1, 0, 0), LOAD(1, 1, 0), SET(0, 0), EXIT } },
	{ "leaves its map", KERNEL, "", false, false, { ELEMENT(1), LOAD(1, 0, 64), SET(0, 0), EXIT } },
	{ "writes the context's address to a map", US, "stores the context", false, false,
	  { MOV(6, 1), ELEMENT(1), STORE(0, 6, 0), SET(0, 0), EXIT } },
	{ "gives it to a map as a value", US, "holds the context", false, false,
	  { STORE(10, 1, -64), ZERO(10, -8), MOV(2, 10), ADD(2, -8), MOV(3, 10), ADD(3, -64), SET(4, 0), MAP(1, OWN),
	    ZERO(10, -56), ZERO(10, -48), ZERO(10, -40), ZERO(10, -32), ZERO(10, -24), ZERO(10, -16), CALL(BPF_FUNC_map_update_elem),
	    SET(0, 0), EXIT } },
	{ "computes with the context", US, "computes with", false, false,
	  { MOV(6, 1), ADD(6, 8), ELEMENT(1), STORE(0, 6, 0), SET(0, 0), EXIT } },
	{ "halves the context", US, "part of the context", false, false,
	  { STORE(10, 1, -16), INSN(BPF_LDX | BPF_MEM | BPF_W, 6, 10, -16, 0), SET(0, 0), EXIT } },
	{ "returns the context", US, "returns the context", false, false, { MOV(0, 1), EXIT } },
	{ "has the context on one way only", US, "reads the context", false, false,
	  { MOV(6, 1), ZERO(10, -8), CALL(BPF_FUNC_get_prandom_u32), IF_ZERO(0, 2), MOV(6, 10), ADD(6, -8), LOAD(0, 6, 0), SET(0, 0), EXIT } },
	{ "sends the stack through the ring", US, "address on the stack", false, false,
	  { STORE(10, 1, -8), MOV(2, 10), ADD(2, -8), SET(3, 8), SET(4, 0), MAP(1, RING), CALL(BPF_FUNC_ringbuf_output), SET(0, 0), EXIT } },
	{ "uses another's map", US, "not its own", false, false,
	  { ZERO(10, -8), MOV(2, 10), ADD(2, -8), MAP(1, ALIENS), CALL(BPF_FUNC_map_lookup_elem), SET(0, 0), EXIT } },
	{ "calls another program", US, "calls helper 12,", true, true, { MAP(2, OWN), SET(3, 0), CALL(BPF_FUNC_tail_call), SET(0, 0), EXIT } },
	{ "overrides a result", US, "calls helper 58", true, true, { SET(2, 0), CALL(BPF_FUNC_override_return), SET(0, 0), EXIT } },
	{ "takes the kernel's stack", US, "for the host only", false, false,
	  { MOV(6, 1), ELEMENT(5), MOV(2, 0), MOV(1, 6), SET(3, 64), SET(4, 0), CALL(BPF_FUNC_get_stack), SET(0, 0), EXIT } },
	{ "hides which stack it takes", US, "for the host only", false, false,
	  { MOV(6, 1), ELEMENT(6), MOV(2, 0), MOV(1, 6), SET(3, 64), SET(5, 0), MOV(4, 5), CALL(BPF_FUNC_get_stack), SET(0, 0), EXIT } },
	{ "calls a function of the kernel", US, "function of the kernel", true, true, { KFUNC(1), SET(0, 0), EXIT } },
	{ "takes the address of a kernel variable", US, "address of the kernel", true, true,
	  { INSN(BPF_LD | BPF_IMM | BPF_DW, 1, BPF_PSEUDO_BTF_ID, 0, 1), INSN(0, 0, 0, 0, 0), SET(0, 0), EXIT } },
	{ "calls what a register says", US, "a register says", true, true,
	  { INSN(BPF_JMP | BPF_CALL | BPF_X, 1, 0, 0, 0), SET(0, 0), EXIT } },
	{ "jumps out of itself", US, "jumps out", false, false, { SET(0, 0), JUMP(40), EXIT } },
	{ "does not end", US, "does not end", false, false, { SET(0, 0), SET(1, 0) } },
};

/* The last instruction is never one of zeros only: that is no instruction at all. */
static uint32_t length(const struct leaf *l)
{
	static const struct bpf_insn none;
	uint32_t n = INSNS;

	while (n > 0 && memcmp(&l->insns[n - 1], &none, sizeof(none)) == 0)
		n--;
	return n;
}

static int make_task_storage(void)
{
	LIBBPF_OPTS(bpf_map_create_opts, o, .map_flags = BPF_F_NO_PREALLOC);
	struct btf *btf = btf__new_empty();
	int id, fd;

	if (!btf)
		return -1;
	id = btf__add_int(btf, "long", 8, BTF_INT_SIGNED);
	o.btf_key_type_id = (uint32_t)btf__add_int(btf, "int", 4, BTF_INT_SIGNED);
	o.btf_value_type_id = (uint32_t)id;
	if (btf__load_into_kernel(btf))
		return -1;
	o.btf_fd = (uint32_t)btf__fd(btf);
	fd = bpf_map_create(BPF_MAP_TYPE_TASK_STORAGE, "tasks", 4, 8, 0, &o);
	btf__free(btf);
	return fd;
}

int main(void)
{
	int fds[4] = { bpf_map_create(BPF_MAP_TYPE_ARRAY, "own", 4, 64, 1, NULL), make_task_storage(),
		       bpf_map_create(BPF_MAP_TYPE_RINGBUF, "ring", 0, 0, 4096, NULL),
		       bpf_map_create(BPF_MAP_TYPE_ARRAY, "alien", 4, 64, 1, NULL) };
	bool can = fds[0] >= 0 && fds[1] >= 0 && fds[2] >= 0 && fds[3] >= 0;
	struct leaf_map maps[3];
	int bad = 0, why_not = errno; /* of the first that failed, or nobody's */
	static char log[65536];

	for (int i = 0; !can && i < 4; i++)
		fds[i] = 100 + i; /* leafcheck() only compares them */
	maps[0] = (struct leaf_map){ fds[0], 4, 64 };
	maps[1] = (struct leaf_map){ fds[1], 4, 8 };
	maps[2] = (struct leaf_map){ fds[2], 0, 0 };
	for (size_t i = 0; i < sizeof(leaves) / sizeof(leaves[0]); i++) {
		const struct leaf *l = &leaves[i];
		struct leaf_rules rules = { .maps = maps, .nmaps = 3, .destructive = l->destructive, .kernel_stacks = l->kernel_stacks };
		struct bpf_insn insns[INSNS];
		uint32_t n = length(l);
		char why[256] = "";
		bool we_allow, ok;
		int fd = 0;

		memcpy(insns, l->insns, sizeof(insns));
		for (uint32_t k = 0; k < n; k++)
			if (insns[k].code == (BPF_LD | BPF_IMM | BPF_DW) && insns[k].src_reg == BPF_PSEUDO_MAP_FD)
				insns[k].imm = fds[-insns[k].imm - 1];
		we_allow = leafcheck(insns, n, &rules, why, sizeof(why));
		ok = we_allow == (l->by != US) && strstr(why, l->says);
		if (can) {
			LIBBPF_OPTS(bpf_prog_load_opts, o, .log_buf = log, .log_size = sizeof(log), .log_level = 1);

			fd = bpf_prog_load(BPF_PROG_TYPE_RAW_TRACEPOINT, "leaf", "GPL", insns, n, &o);
			ok = ok && (l->by == US || l->by == LOCKDOWN || (fd >= 0) == (l->by == NOBODY));
		}
		printf("%s %s: %s%s%s\n", ok ? "ok" : "not ok", l->name, we_allow ? "we allow it" : why, !can ? "" : "; the kernel ",
		       !can ? "" : fd >= 0 ? "does too" : "refuses it");
		if (!ok) {
			bad++;
			if (can && fd < 0)
				fputs(log, stderr);
		}
		if (can && fd >= 0)
			close(fd);
	}
	if (bad)
		return 1;
	if (!can) {
		warnx("the kernel was not asked: %s", strerror(why_not));
		return CANNOT;
	}
	return 0;
}
