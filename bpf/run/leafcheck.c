// SPDX-License-Identifier: GPL-2.0-only
/*
 * The rules for leaves. One walk over the instructions looks at each by itself; a second follows what registers hold along every path,
 * as far as the rules need it: the context, an address on the stack, a map, something else. Where paths meet with different values the
 * result is what allows less. Instructions' meaning: Documentation/bpf/standardization/instruction-set.rst of Linux.
 */
#include "leafcheck.h"

#include "bpf/gen/link.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REGS	    11
#define FP	    10
#define SLOTS	    64 /* of 8 bytes: 512 of stack */
#define BTF_DISTANCE 12 /* instructions between bpf_get_current_task_btf() and the call that takes the task */

/* What a helper takes, a letter an argument: m map; k v key and value of that map; w memory it writes; r memory it reads; i number;
 * c context; t task; f flags of bpf_get_stack. */
struct helper {
	const char *name;
	char args[5];
	uint8_t id;
	enum { ANYONE, DESTRUCTIVE, LIBRARY } who; /* LIBRARY: it reads the kernel's memory, for fds[], and needs no name */
};

static const struct helper helpers[] = {
	{ "map_lookup_elem", "mk", BPF_FUNC_map_lookup_elem, ANYONE },
	{ "map_update_elem", "mkvi", BPF_FUNC_map_update_elem, ANYONE },
	{ "map_delete_elem", "mk", BPF_FUNC_map_delete_elem, ANYONE },
	{ "ktime_get_ns", "", BPF_FUNC_ktime_get_ns, ANYONE },
	{ "get_prandom_u32", "", BPF_FUNC_get_prandom_u32, ANYONE },
	{ "get_smp_processor_id", "", BPF_FUNC_get_smp_processor_id, ANYONE },
	{ "probe_write_user", "iri", BPF_FUNC_probe_write_user, DESTRUCTIVE },
	{ "get_stack", "cwif", BPF_FUNC_get_stack, ANYONE },
	{ "send_signal", "i", BPF_FUNC_send_signal, DESTRUCTIVE },
	{ "probe_read_user", "wii", BPF_FUNC_probe_read_user, ANYONE },
	{ "probe_read_user_str", "wii", BPF_FUNC_probe_read_user_str, ANYONE },
	{ "send_signal_thread", "i", BPF_FUNC_send_signal_thread, DESTRUCTIVE },
	{ "ringbuf_output", "mrii", BPF_FUNC_ringbuf_output, ANYONE },
	{ "task_storage_get", "mtvi", BPF_FUNC_task_storage_get, ANYONE },
	{ "task_storage_delete", "mt", BPF_FUNC_task_storage_delete, ANYONE },
	{ "get_current_task_btf", "", BPF_FUNC_get_current_task_btf, ANYONE },
	{ "", "", BPF_FUNC_get_current_task, LIBRARY },
	{ "", "wii", BPF_FUNC_probe_read_kernel, LIBRARY },
	{ "", "wii", BPF_FUNC_probe_read_kernel_str, LIBRARY },
};

enum kind {
	OTHER, /* numbers, pointers into maps: the verifier's business */
	CTX,
	STACK, /* n: bytes from the frame's end, below 0 */
	STACK_SOMEWHERE,
	MAP,	  /* n: index in rules->maps */
	FORBIDDEN /* the context on one path, something else on another */
};

struct value {
	uint8_t kind;
	int32_t n;
};

struct state {
	bool reached;
	struct value reg[REGS];
	uint64_t ctx_slots; /* bit i: the 8 bytes at r10 - 8 * (i + 1) hold the context */
};

struct check {
	const struct bpf_insn *insns;
	uint32_t n;
	const struct leaf_rules *rules;
	uint32_t *state_of;    /* of an instruction that control comes to from elsewhere: index into states; 0: none */
	bool *is_second;       /* the second half of a 64-bit load */
	struct state *states;
	uint32_t nstates;
	uint32_t *todo, ntodo; /* instructions whose state has changed */
	bool *is_todo;
	char *why;
	size_t size;
};

__attribute__((format(printf, 3, 4))) static bool refuse(struct check *c, uint32_t at, const char *fmt, ...)
{
	va_list ap;
	int n = snprintf(c->why, c->size, "instruction %u of a generated program ", at);

	va_start(ap, fmt);
	if (n > 0 && (size_t)n < c->size)
		vsnprintf(c->why + n, c->size - (size_t)n, fmt, ap);
	va_end(ap);
	return false;
}

static const struct helper *helper_of(int id)
{
	for (size_t i = 0; i < sizeof(helpers) / sizeof(helpers[0]); i++)
		if (helpers[i].id == id)
			return &helpers[i];
	return NULL;
}

static unsigned class_of(const struct bpf_insn *i)
{
	return BPF_CLASS(i->code);
}

static bool is_jump_class(const struct bpf_insn *i)
{
	return class_of(i) == BPF_JMP || class_of(i) == BPF_JMP32;
}

static bool is_call(const struct bpf_insn *i)
{
	return i->code == (BPF_JMP | BPF_CALL);
}

static bool is_exit(const struct bpf_insn *i)
{
	return i->code == (BPF_JMP | BPF_EXIT);
}

/* Where a jump goes, or -1: not a jump. */
static int64_t jump_of(const struct bpf_insn *i, uint32_t at)
{
	if (!is_jump_class(i) || is_call(i) || is_exit(i))
		return -1;
	if (i->code == (BPF_JMP32 | BPF_JA))
		return (int64_t)at + 1 + i->imm;
	return (int64_t)at + 1 + i->off;
}

static bool is_map_load(const struct bpf_insn *i, bool *of_value)
{
	*of_value = i->src_reg == BPF_PSEUDO_MAP_VALUE;
	return i->src_reg == BPF_PSEUDO_MAP_FD || *of_value;
}

static int map_of(const struct check *c, int fd)
{
	for (uint32_t i = 0; i < c->rules->nmaps; i++)
		if (c->rules->maps[i].fd == fd)
			return (int)i;
	return -1;
}

/* Functions of bpf/kern/lib_file.bpf.c: those of the library that may read the kernel's memory. */
static const enum link_func readers[] = { LINK_fdstr, LINK_fdnum, LINK_fd_file, LINK_fd_step, LINK_fd_path, LINK_fd_pseudo };

/* Whether the instructions from `at` on are this function, but for what link.c fills in. */
static bool is_part(const struct check *c, uint32_t at, const struct link_part *p)
{
	uint32_t ref = p->refs;

	if (at + p->count > c->n)
		return false;
	for (uint32_t i = 0; i < p->count; i++) {
		struct bpf_insn mine = link_insns[p->first + i], theirs = c->insns[at + i];
		bool filled = ref < p->refs + p->nrefs && link_refs[ref].insn == i;

		if (filled) {
			theirs.imm = mine.imm;
			theirs.src_reg = mine.src_reg;
			ref++;
		} else if (i && ref > p->refs && link_refs[ref - 1].insn == i - 1 && !mine.code) {
			theirs.imm = mine.imm; /* the second half of a 64-bit constant */
		}
		if (memcmp(&mine, &theirs, sizeof(mine)) != 0)
			return false;
	}
	return true;
}

/* Whether a call that reads the kernel's memory is one that the library makes: in one of its functions, whole, which nothing jumps
 * into. What these read is given by the descriptor alone. */
static bool in_library(const struct check *c, uint32_t at)
{
	for (size_t r = 0; r < sizeof(readers) / sizeof(readers[0]); r++) {
		const struct link_part *p = &link_parts[readers[r]];

		for (uint32_t i = 0; i < p->count && i <= at; i++) {
			uint32_t first = at - i;

			if (memcmp(&link_insns[p->first + i], &c->insns[at], sizeof(*c->insns)) != 0 || !is_part(c, first, p))
				continue;
			for (uint32_t k = 0; k < c->n; k++) {
				int64_t to = jump_of(&c->insns[k], k);

				if ((k < first || k >= first + p->count) && to > first && to < first + p->count)
					return false;
			}
			return true;
		}
	}
	return false;
}

/* The first walk: what an instruction is. Marks where jumps and calls lead. */
static bool look_call(struct check *c, uint32_t at)
{
	const struct bpf_insn *i = &c->insns[at];
	const struct helper *h;

	if (i->src_reg == BPF_PSEUDO_CALL) {
		int64_t to = (int64_t)at + 1 + i->imm;

		if (to < 0 || to >= c->n)
			return refuse(c, at, "calls a function outside of it");
		c->state_of[to] = 1;
		return true;
	}
	if (i->src_reg != 0)
		return refuse(c, at, "calls a function of the kernel (BTF id %d)", i->imm);
	h = helper_of(i->imm);
	if (!h || (h->who == LIBRARY && !in_library(c, at)))
		return refuse(c, at, "calls helper %d, which is not among those allowed", i->imm);
	if (h->who == DESTRUCTIVE && !c->rules->destructive)
		return refuse(c, at, "calls bpf_%s(), but destructive actions are not allowed", h->name);
	return true;
}

static bool look_load64(struct check *c, uint32_t at)
{
	const struct bpf_insn *i = &c->insns[at];
	bool of_value;

	if (i->code != (BPF_LD | BPF_IMM | BPF_DW))
		return refuse(c, at, "is a load of a network packet");
	if (at + 1 == c->n || c->insns[at + 1].code)
		return refuse(c, at, "is a 64-bit load without a second half");
	c->is_second[at + 1] = true;
	if (i->src_reg == 0)
		return true;
	if (!is_map_load(i, &of_value))
		return refuse(c, at, "loads an address of the kernel (source %u)", i->src_reg);
	if (map_of(c, i->imm) < 0)
		return refuse(c, at, "uses a map that is not its own (descriptor %d)", i->imm);
	return true;
}

/* After bpf_get_current_task_btf(): the task is copied to r2, then r1, r3, r4 are set, then a call takes it. */
static bool look_task(struct check *c, uint32_t at)
{
	uint32_t k = at + 1;

	if (k >= c->n || c->insns[k].code != (BPF_ALU64 | BPF_MOV | BPF_X) || c->insns[k].dst_reg != 2 || c->insns[k].src_reg != 0 ||
	    c->insns[k].off || c->state_of[k])
		return refuse(c, at, "takes the task, but not for storage");
	for (k++; k < c->n && k < at + BTF_DISTANCE; k++) {
		const struct bpf_insn *i = &c->insns[k];
		bool to_argument = i->dst_reg == 1 || i->dst_reg == 3 || i->dst_reg == 4;
		bool from_stack = i->code == (BPF_LDX | BPF_MEM | BPF_DW) && i->src_reg == FP; /* what was put there before the task was got */
		bool from_register = BPF_SRC(i->code) == BPF_X && class_of(i) != BPF_LD && !from_stack;

		if (c->state_of[k])
			return refuse(c, k, "is jumped to between bpf_get_current_task_btf() and what takes the task");
		if (c->is_second[k])
			continue;
		if (is_call(i)) {
			if (i->src_reg || (i->imm != BPF_FUNC_task_storage_get && i->imm != BPF_FUNC_task_storage_delete))
				return refuse(c, k, "calls something else than storage with the task");
			return true;
		}
		if (!to_argument || (class_of(i) != BPF_ALU64 && class_of(i) != BPF_LD && !from_stack) || (from_register && i->src_reg <= 2))
			return refuse(c, k, "does something else between bpf_get_current_task_btf() and what takes the task");
	}
	return refuse(c, at, "takes the task, but not for storage");
}

static bool look(struct check *c)
{
	for (uint32_t at = 0; at < c->n; at++) {
		const struct bpf_insn *i = &c->insns[at];
		int64_t to = jump_of(i, at);

		if (c->is_second[at])
			continue;
		if (i->dst_reg >= REGS || i->src_reg >= REGS)
			return refuse(c, at, "names a register that does not exist");
		if (class_of(i) == BPF_LD && !look_load64(c, at))
			return false;
		if (is_call(i) && !look_call(c, at))
			return false;
		if (class_of(i) == BPF_JMP && BPF_OP(i->code) == BPF_CALL && !is_call(i))
			return refuse(c, at, "calls what a register says");
		if (to == -1)
			continue;
		if (to < 0 || to >= c->n)
			return refuse(c, at, "jumps out of it");
		c->state_of[to] = 1;
	}
	for (uint32_t at = 0; at < c->n; at++) {
		const struct bpf_insn *i = &c->insns[at];

		if (c->is_second[at] && c->state_of[at])
			return refuse(c, at, "is jumped to, in the middle of a 64-bit load");
		if (c->is_second[at])
			continue;
		if (is_call(i) && i->src_reg == 0 && i->imm == BPF_FUNC_get_current_task_btf && !look_task(c, at))
			return false;
		if (is_call(i) && i->src_reg == 0 &&
		    (i->imm == BPF_FUNC_task_storage_get || i->imm == BPF_FUNC_task_storage_delete)) {
			uint32_t k = at, found = 0;

			while (!found && k > 0 && at - k < BTF_DISTANCE) {
				k--;
				found = is_call(&c->insns[k]) && !c->is_second[k] && c->insns[k].src_reg == 0 &&
					c->insns[k].imm == BPF_FUNC_get_current_task_btf;
			}
			if (!found)
				return refuse(c, at, "uses storage of another task than the current");
		}
	}
	return true;
}

/* The second walk. */
static bool touches_ctx(const struct state *s, int64_t from, int64_t bytes)
{
	for (int i = 0; i < SLOTS; i++) {
		int64_t slot = -8 * (i + 1);

		if ((s->ctx_slots >> i & 1) && from < slot + 8 && from + bytes > slot)
			return true;
	}
	return false;
}

static struct value joined(struct value a, struct value b)
{
	bool ctx = a.kind == CTX || b.kind == CTX || a.kind == FORBIDDEN || b.kind == FORBIDDEN;

	if (a.kind == b.kind && a.n == b.n)
		return a;
	if (ctx)
		return (struct value){ .kind = FORBIDDEN };
	if (a.kind == STACK || b.kind == STACK || a.kind == STACK_SOMEWHERE || b.kind == STACK_SOMEWHERE)
		return (struct value){ .kind = STACK_SOMEWHERE };
	return (struct value){ .kind = OTHER };
}

/* Control comes to `at` with this state, too. */
static void arrive(struct check *c, uint32_t at, const struct state *s)
{
	struct state *old = &c->states[c->state_of[at]], new;

	if (!old->reached) {
		*old = *s;
		old->reached = true;
	} else {
		memset(&new, 0, sizeof(new));
		new.reached = true;
		for (int r = 0; r < REGS; r++)
			new.reg[r] = joined(old->reg[r], s->reg[r]);
		new.ctx_slots = old->ctx_slots | s->ctx_slots;
		bool same = new.ctx_slots == old->ctx_slots;

		for (int r = 0; r < REGS; r++)
			same = same && new.reg[r].kind == old->reg[r].kind && new.reg[r].n == old->reg[r].n;
		if (same)
			return;
		*old = new;
	}
	if (!c->is_todo[c->state_of[at]]) {
		c->is_todo[c->state_of[at]] = true;
		c->todo[c->ntodo++] = at;
	}
}

static bool is_ctx(struct value v)
{
	return v.kind == CTX || v.kind == FORBIDDEN;
}

static int width_of(const struct bpf_insn *i)
{
	switch (BPF_SIZE(i->code)) {
	case BPF_B:
		return 1;
	case BPF_H:
		return 2;
	case BPF_W:
		return 4;
	}
	return 8;
}

static bool step_alu(struct check *c, uint32_t at, struct state *s)
{
	const struct bpf_insn *i = &c->insns[at];
	struct value *d = &s->reg[i->dst_reg], src = s->reg[i->src_reg];
	bool is_mov = BPF_OP(i->code) == BPF_MOV, from_register = BPF_SRC(i->code) == BPF_X && BPF_OP(i->code) != BPF_END;

	if (i->dst_reg == FP)
		return refuse(c, at, "changes the frame pointer");
	if (is_mov && from_register && class_of(i) == BPF_ALU64 && i->off == 0) {
		*d = src;
		return true;
	}
	if (from_register && is_ctx(src))
		return refuse(c, at, "computes with the context");
	if (is_mov) {
		*d = (struct value){ .kind = OTHER };
		return true;
	}
	if (is_ctx(*d))
		return refuse(c, at, "computes with the context");
	if (d->kind == STACK && class_of(i) == BPF_ALU64 && !from_register && BPF_OP(i->code) == BPF_ADD) {
		d->n += i->imm;
		if (d->n > 0 || d->n < -8 * SLOTS)
			return refuse(c, at, "leaves the stack");
		return true;
	}
	if (d->kind == STACK || d->kind == STACK_SOMEWHERE ||
	    (from_register && (src.kind == STACK || src.kind == STACK_SOMEWHERE)))
		*d = (struct value){ .kind = STACK_SOMEWHERE };
	else
		*d = (struct value){ .kind = OTHER };
	return true;
}

static bool step_load(struct check *c, uint32_t at, struct state *s)
{
	const struct bpf_insn *i = &c->insns[at];
	struct value base = s->reg[i->src_reg], *d = &s->reg[i->dst_reg];
	int64_t place = (int64_t)base.n + i->off;
	int width = width_of(i);

	if (is_ctx(base))
		return refuse(c, at, "reads the context");
	if (base.kind == STACK_SOMEWHERE && s->ctx_slots)
		return refuse(c, at, "reads the stack somewhere, where the context may be");
	if (base.kind == STACK && touches_ctx(s, place, width)) {
		if (width != 8 || place % 8 != 0)
			return refuse(c, at, "reads a part of the context's address");
		*d = (struct value){ .kind = CTX };
		return true;
	}
	*d = (struct value){ .kind = OTHER };
	return true;
}

/* Of those that came later, some load from their source. */
static bool is_plain_atomic(int32_t op)
{
	if (op == BPF_XCHG || op == BPF_CMPXCHG)
		return true;
	op &= ~BPF_FETCH;
	return op == BPF_ADD || op == BPF_AND || op == BPF_OR || op == BPF_XOR;
}

static bool step_store(struct check *c, uint32_t at, struct state *s)
{
	const struct bpf_insn *i = &c->insns[at];
	struct value base = s->reg[i->dst_reg];
	struct value v = class_of(i) == BPF_STX ? s->reg[i->src_reg] : (struct value){ .kind = OTHER };
	int64_t place = (int64_t)base.n + i->off;
	bool is_atomic = class_of(i) == BPF_STX && BPF_MODE(i->code) == BPF_ATOMIC;

	if (is_ctx(base))
		return refuse(c, at, "writes to the context");
	if (v.kind == FORBIDDEN || (v.kind == CTX && (base.kind != STACK || is_atomic || width_of(i) != 8 || place % 8 != 0)))
		return refuse(c, at, "stores the context's address");
	if (is_atomic && !is_plain_atomic(i->imm))
		return refuse(c, at, "is an atomic operation that is not known here (%#x)", i->imm);
	if (is_atomic) { /* fetch and its like load into the source, compare and exchange into r0 */
		if (base.kind == STACK || base.kind == STACK_SOMEWHERE)
			return refuse(c, at, "is an atomic operation on the stack");
		if (i->imm & BPF_FETCH)
			s->reg[i->imm == BPF_CMPXCHG ? 0 : i->src_reg] = (struct value){ .kind = OTHER };
		return true;
	}
	if (v.kind == CTX && (place < -8 * SLOTS || place > -8))
		return refuse(c, at, "leaves the stack");
	if (base.kind == STACK && place % 8 == 0 && place >= -8 * SLOTS && place <= -8 && width_of(i) == 8) {
		uint64_t bit = UINT64_C(1) << (-place / 8 - 1);

		s->ctx_slots = v.kind == CTX ? s->ctx_slots | bit : s->ctx_slots & ~bit;
	}
	return true;
}

/* The flags are a constant that was set just before, on the only way here. */
static bool flags_before(const struct check *c, uint32_t at, int reg, int32_t *flags)
{
	for (uint32_t k = at; k > 0 && !c->state_of[k]; k--) {
		const struct bpf_insn *i = &c->insns[k - 1];

		if (c->is_second[k - 1])
			continue;
		if (is_jump_class(i))
			return false;
		if (i->dst_reg != reg || class_of(i) == BPF_ST || class_of(i) == BPF_STX)
			continue;
		*flags = i->imm;
		return i->code == (BPF_ALU64 | BPF_MOV | BPF_K);
	}
	return false;
}

static bool step_helper(struct check *c, uint32_t at, struct state *s)
{
	const struct helper *h = helper_of(c->insns[at].imm);
	int64_t key_bytes = 0, value_bytes = 0;

	for (int a = 0; h->args[a]; a++) {
		struct value v = s->reg[a + 1];
		char want = h->args[a];
		bool on_stack = v.kind == STACK || v.kind == STACK_SOMEWHERE;
		int32_t flags = 0;

		if (want == 'c') {
			if (v.kind != CTX)
				return refuse(c, at, "calls bpf_%s() without the context", h->name);
			continue;
		}
		if (is_ctx(v))
			return refuse(c, at, "passes the context to bpf_%s()", h->name);
		if (want == 'm') {
			if (v.kind != MAP)
				return refuse(c, at, "calls bpf_%s() with an unknown map", h->name);
			key_bytes = c->rules->maps[v.n].key_size;
			value_bytes = c->rules->maps[v.n].value_size;
		} else if (want == 'k' || want == 'v') {
			int64_t bytes = want == 'k' ? key_bytes : value_bytes;

			if ((v.kind == STACK_SOMEWHERE && s->ctx_slots) || (v.kind == STACK && touches_ctx(s, v.n, bytes)))
				return refuse(c, at, "passes memory that holds the context's address to bpf_%s()", h->name);
		} else if ((want == 'r' || want == 'i' || want == 'f') && on_stack) {
			return refuse(c, at, "passes an address on the stack to bpf_%s()", h->name);
		}
		if (want == 'f' && !c->rules->kernel_stacks &&
		    (!flags_before(c, at, a + 1, &flags) || !(flags & BPF_F_USER_STACK)))
			return refuse(c, at, "takes a stack of the kernel, which is for the host only (--host)");
	}
	for (int r = 0; r <= 5; r++)
		s->reg[r] = (struct value){ .kind = OTHER };
	return true;
}

static bool step_call(struct check *c, uint32_t at, struct state *s)
{
	const struct bpf_insn *i = &c->insns[at];
	struct state callee = { .reached = true };

	if (i->src_reg != BPF_PSEUDO_CALL)
		return step_helper(c, at, s);
	for (int r = 1; r <= 5; r++) {
		if (s->reg[r].kind == FORBIDDEN)
			return refuse(c, at, "passes what may be the context to a function");
		/* What lies in registers that the function does not take as arguments is none of its business; the verifier knows. */
		callee.reg[r] = s->reg[r];
		if (s->reg[r].kind == STACK || s->reg[r].kind == STACK_SOMEWHERE)
			return refuse(c, at, "passes an address on the stack to a function");
	}
	callee.reg[FP] = (struct value){ .kind = STACK };
	arrive(c, (uint32_t)((int64_t)at + 1 + i->imm), &callee);
	for (int r = 0; r <= 5; r++)
		s->reg[r] = (struct value){ .kind = OTHER };
	return true;
}

static bool step_jump(struct check *c, uint32_t at, struct state *s)
{
	const struct bpf_insn *i = &c->insns[at];

	if (BPF_OP(i->code) != BPF_JA && (is_ctx(s->reg[i->dst_reg]) || (BPF_SRC(i->code) == BPF_X && is_ctx(s->reg[i->src_reg]))))
		return refuse(c, at, "compares the context");
	arrive(c, (uint32_t)jump_of(i, at), s);
	return true;
}

/* From an instruction with a state of its own to the next one, or to the end of the way. */
static bool follow(struct check *c, uint32_t at)
{
	struct state s = c->states[c->state_of[at]];
	bool of_value;

	for (;;) {
		const struct bpf_insn *i = &c->insns[at];
		bool ok = true, ends = false;

		if (c->is_second[at]) {
			at++;
			continue;
		}
		switch (class_of(i)) {
		case BPF_ALU:
		case BPF_ALU64:
			ok = step_alu(c, at, &s);
			break;
		case BPF_LD:
			s.reg[i->dst_reg] = (struct value){ .kind = OTHER };
			if (is_map_load(i, &of_value) && !of_value)
				s.reg[i->dst_reg] = (struct value){ .kind = MAP, .n = map_of(c, i->imm) };
			break;
		case BPF_LDX:
			ok = step_load(c, at, &s);
			break;
		case BPF_ST:
		case BPF_STX:
			ok = step_store(c, at, &s);
			break;
		default:
			if (is_exit(i)) {
				ends = true;
				ok = !is_ctx(s.reg[0]) || refuse(c, at, "returns the context");
			} else if (is_call(i)) {
				ok = step_call(c, at, &s);
			} else {
				ok = step_jump(c, at, &s);
				ends = BPF_OP(i->code) == BPF_JA;
			}
		}
		if (!ok || ends)
			return ok;
		at++;
		while (at < c->n && c->is_second[at])
			at++;
		if (at >= c->n)
			return refuse(c, c->n - 1, "is the last, and does not end it");
		if (c->state_of[at]) {
			arrive(c, at, &s);
			return true;
		}
	}
}

bool leafcheck(const struct bpf_insn *insns, uint32_t n, const struct leaf_rules *rules, char *why, size_t size)
{
	struct check c = { .insns = insns, .n = n, .rules = rules, .why = why, .size = size };
	struct state first = { .reached = true };
	bool ok = false;

	if (n == 0) {
		snprintf(why, size, "a generated program is empty");
		return false;
	}
	c.state_of = calloc(n, sizeof(*c.state_of));
	c.is_second = calloc(n, sizeof(*c.is_second));
	if (!c.state_of || !c.is_second)
		goto no_memory;
	if (!look(&c))
		goto out;
	c.state_of[0] = 1;
	for (uint32_t at = 0; at < n; at++)
		if (c.state_of[at])
			c.state_of[at] = ++c.nstates;
	c.states = calloc(c.nstates + 1, sizeof(*c.states));
	c.todo = calloc(c.nstates + 1, sizeof(*c.todo));
	c.is_todo = calloc(c.nstates + 1, sizeof(*c.is_todo));
	if (!c.states || !c.todo || !c.is_todo)
		goto no_memory;
	first.reg[1].kind = CTX;
	first.reg[FP].kind = STACK;
	arrive(&c, 0, &first);
	ok = true;
	while (ok && c.ntodo) {
		uint32_t at = c.todo[--c.ntodo];

		c.is_todo[c.state_of[at]] = false;
		ok = follow(&c, at);
	}
	goto out;

no_memory:
	snprintf(why, size, "no memory to check a generated program");
out:
	free(c.state_of);
	free(c.is_second);
	free(c.states);
	free(c.todo);
	free(c.is_todo);
	return ok;
}
