/* SPDX-License-Identifier: GPL-2.0-only
 * See kernlib.h. bpf(2) by itself: no libbpf, and nothing to be installed.
 */
#include "kernlib.h"

#include "bpf/gen/btf.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define LOG_FIGURES 4 /* no words: only how much the verifier did */

static long sys_bpf(enum bpf_cmd cmd, union bpf_attr *attr)
{
	return syscall(SYS_bpf, cmd, attr, sizeof(*attr));
}

bool kernlib_open(struct kernlib *k, const struct link_values *v)
{
	union bpf_attr attr = {.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = v->size, .max_entries = 1,
			       .map_flags = BPF_F_MMAPABLE};

	*k = (struct kernlib){.v = *v, .mapped = (v->size + 4095u) & ~4095u};
	k->map = (int)sys_bpf(BPF_MAP_CREATE, &attr);
	if (k->map < 0)
		return false;
	k->element = mmap(NULL, k->mapped, PROT_READ | PROT_WRITE, MAP_SHARED, k->map, 0);
	return k->element != MAP_FAILED;
}

void kernlib_close(struct kernlib *k)
{
	for (unsigned f = 0; f < LINK_COUNT; f++)
		if (k->prog[f])
			close(k->prog[f]);
	munmap(k->element, k->mapped);
	close(k->map);
}

#define INSN(c, d, s, o, i) ((struct bpf_insn){.code = (c), .dst_reg = (d), .src_reg = (s), .off = (o), .imm = (i)})

/* u64 args[] = ctx; element[0] = f(0, args...); return 0 */
static struct gen_leaf leaf_of(enum link_func f, uint32_t map)
{
	const struct bpf_insn text[] = {
		INSN(BPF_ALU64 | BPF_MOV | BPF_X, 6, 1, 0, 0),
		INSN(BPF_LDX | BPF_MEM | BPF_DW, 2, 6, 0, 0),
		INSN(BPF_LDX | BPF_MEM | BPF_DW, 3, 6, 8, 0),
		INSN(BPF_LDX | BPF_MEM | BPF_DW, 4, 6, 16, 0),
		INSN(BPF_LDX | BPF_MEM | BPF_DW, 5, 6, 24, 0),
		INSN(BPF_ALU64 | BPF_MOV | BPF_K, 1, 0, 0, 0),
		INSN(BPF_JMP | BPF_CALL, 0, BPF_PSEUDO_CALL, 0, -1),
		INSN(BPF_ALU64 | BPF_MOV | BPF_X, 7, 0, 0, 0),
		INSN(BPF_ST | BPF_MEM | BPF_W, 10, 0, -4, 0),
		INSN(BPF_ALU64 | BPF_MOV | BPF_X, 2, 10, 0, 0),
		INSN(BPF_ALU64 | BPF_ADD | BPF_K, 2, 0, 0, -4),
		INSN(BPF_LD | BPF_IMM | BPF_DW, 1, BPF_PSEUDO_MAP_FD, 0, 0),
		INSN(0, 0, 0, 0, 0),
		INSN(BPF_JMP | BPF_CALL, 0, 0, 0, 1 /* map_lookup_elem */),
		INSN(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1, 0),
		INSN(BPF_STX | BPF_MEM | BPF_DW, 0, 7, 0, 0),
		INSN(BPF_ALU64 | BPF_MOV | BPF_K, 0, 0, 0, 0),
		INSN(BPF_JMP | BPF_EXIT, 0, 0, 0, 0),
	};
	struct gen_leaf leaf = {.insns = malloc(sizeof(text)), .ninsns = sizeof(text) / sizeof(text[0]),
				.relocs = malloc(sizeof(struct gen_reloc)), .nrelocs = 1,
				.funcs = malloc(sizeof(struct gen_func)), .nfuncs = 1};

	(void)f;
	memcpy(leaf.insns, text, sizeof(text));
	leaf.relocs[0] = (struct gen_reloc){11, map};
	leaf.funcs[0] = (struct gen_func){0, "leaf", false, 1};
	return leaf;
}

/* How many instructions the verifier looked at, of its log. */
static long looked_at(const char *log)
{
	const char *at = strstr(log, "processed ");

	return at ? strtol(at + strlen("processed "), NULL, 10) : -1;
}

static long microseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* The kernel's words are worth reading from their end. */
static void print_end(const char *log)
{
	size_t n = strlen(log);

	fprintf(stderr, "%s\n", n > 3000 ? log + n - 3000 : log);
}

long kernlib_load(struct kernlib *k, enum link_func f)
{
	static char log[1 << 24];
	struct gen_leaf leaf = leaf_of(f, k->v.map);
	struct link_call call = {6, f};
	struct gen_btf btf;
	union bpf_attr attr;
	long took = -1;
	int fd = -1;

	if (link_library(&leaf, &call, 1, &k->v) < 0 || gen_btf(&leaf, &btf) < 0)
		abort();
	for (uint32_t i = 0; i < leaf.nrelocs; i++)
		leaf.insns[leaf.relocs[i].insn].imm = k->map;
	attr = (union bpf_attr){.btf = (uintptr_t)btf.types, .btf_size = btf.size, .btf_log_buf = (uintptr_t)log,
				.btf_log_size = sizeof(log), .btf_log_level = 1};
	log[0] = '\0';
	fd = (int)sys_bpf(BPF_BTF_LOAD, &attr);
	if (fd < 0) {
		fprintf(stderr, "BTF of %s: %s\n", link_shapes[f].name, strerror(errno));
		print_end(log);
		goto out;
	}
	for (int words = 0; words < 2 && took < 0; words++) {
		long start = microseconds();

		attr = (union bpf_attr){.prog_type = BPF_PROG_TYPE_RAW_TRACEPOINT, .insns = (uintptr_t)leaf.insns,
			.insn_cnt = leaf.ninsns, .license = (uintptr_t)"GPL", .prog_btf_fd = (uint32_t)fd,
			.func_info_rec_size = sizeof(struct bpf_func_info), .func_info = (uintptr_t)btf.funcs, .func_info_cnt = btf.nfuncs,
			.log_buf = (uintptr_t)log, .log_size = sizeof(log), .log_level = words ? 1 : LOG_FIGURES};
		k->prog[f] = (int)sys_bpf(BPF_PROG_LOAD, &attr);
		if (k->prog[f] >= 0) {
			took = microseconds() - start;
			k->looked_at[f] = looked_at(log);
		} else {
			if (words) {
				fprintf(stderr, "%s: %s\n", link_shapes[f].name, strerror(errno));
				print_end(log);
			}
			k->prog[f] = 0;
		}
	}
	close(fd);
out:
	gen_btf_free(&btf);
	free(leaf.insns);
	free(leaf.relocs);
	free(leaf.funcs);
	free((void *)(uintptr_t)leaf.lines);
	return took;
}

uint64_t kernlib_call(struct kernlib *k, enum link_func f, const uint64_t args[4])
{
	union bpf_attr attr = {.test = {.prog_fd = (uint32_t)k->prog[f], .ctx_in = (uintptr_t)args, .ctx_size_in = 4 * sizeof(*args)}};
	uint64_t result;

	if (sys_bpf(BPF_PROG_TEST_RUN, &attr) < 0) {
		fprintf(stderr, "%s: BPF_PROG_RUN: %s\n", link_shapes[f].name, strerror(errno));
		abort();
	}
	memcpy(&result, k->element, sizeof(result));
	return result;
}
