/* SPDX-License-Identifier: GPL-2.0-only
 * Call frame information: the list of functions in .eh_frame (LSB, "DWARF extensions"), the programs that say where
 * registers lie (DWARF 5, 6.4), and their application. See unwind.h.
 */
#include "unwind.h"
#include "read.h"

#include <elf.h>
#include <errno.h>
#include <stdlib.h>

enum { MAX_FDES = 2 << 20, MAX_OPS = 20000, MAX_SAVED = 16 };
enum { PE_OMIT = 0xff, PE_INDIRECT = 0x80, PE_PCREL = 0x10, PE_DATAREL = 0x30 };

struct cie {
	uint64_t code_align;
	int64_t data_align;
	uint64_t ra;
	uint8_t encoding;
	bool augmented, signal;
	struct cursor program;
};

enum rule_kind { RULE_SAME, RULE_UNDEFINED, RULE_OFFSET, RULE_VAL_OFFSET, RULE_REGISTER, RULE_EXPR, RULE_VAL_EXPR };

struct rule {
	enum rule_kind kind;
	int64_t value; /* an offset or a register */
	const uint8_t *code;
	size_t len;
};

struct row {
	struct rule cfa; /* RULE_REGISTER: cfa_reg + value, or RULE_EXPR */
	uint64_t cfa_reg;
	struct rule r[UNWIND_REGS];
};

/* --- entries --------------------------------------------------------------------------------------- */

static uint64_t read_encoded(const struct unwind_table *t, struct cursor *c, uint8_t encoding)
{
	uint64_t place = t->frame_addr + (uint64_t)(c->p - t->frame);
	uint64_t v = 0;

	switch (encoding & 0x0f) {
	case 0x00: v = cursor_uint(c, unwind_word(t->machine)); break;
	case 0x04: case 0x0c: v = cursor_uint(c, 8); break;
	case 0x01: v = cursor_uleb(c); break;
	case 0x02: v = cursor_uint(c, 2); break;
	case 0x03: v = cursor_uint(c, 4); break;
	case 0x09: v = (uint64_t)cursor_sleb(c); break;
	case 0x0a: v = (uint64_t)cursor_int(c, 2); break;
	case 0x0b: v = (uint64_t)cursor_int(c, 4); break;
	default: c->bad = true; break;
	}
	switch (encoding & 0x70) {
	case 0: break;
	case PE_PCREL: v += place; break;
	default: c->bad = true; break;
	}
	if (encoding & PE_INDIRECT)
		c->bad = true;
	return v & unwind_mask(t->machine);
}

/* One record at an offset: its contents, and where the next begins. false: the end. */
static bool read_record(const struct unwind_table *t, uint64_t offset, struct cursor *c, uint64_t *next)
{
	*c = cursor_at(t->frame, t->frame_len, offset);
	uint64_t len = cursor_uint(c, 4);

	if (len == 0xffffffff)
		len = cursor_uint(c, 8);
	if (len == 0 || len > cursor_left(c))
		return false;
	c->end = c->p + len;
	*next = (uint64_t)(c->end - t->frame);
	return true;
}

static void read_augmentation(const struct unwind_table *t, struct cursor *c, const char *what, struct cie *cie)
{
	uint64_t len = cursor_uleb(c);
	const uint8_t *data = cursor_take(c, len);
	struct cursor a = data ? (struct cursor){ data, data + len, false } : (struct cursor){ .bad = true };

	cie->augmented = true;
	for (what++; *what; what++) {
		switch (*what) {
		case 'R': cie->encoding = (uint8_t)cursor_uint(&a, 1); break;
		case 'L': cursor_uint(&a, 1); break;
		case 'S': cie->signal = true; break;
		case 'B': break; /* aarch64: pointers signed with the B key */
		case 'P': {
			uint8_t encoding = (uint8_t)cursor_uint(&a, 1);

			/* Only skipped: whatever it is relative to does not matter. */
			read_encoded(t, &a, encoding & 0x0f);
			break;
		}
		default: return;
		}
	}
	c->bad |= a.bad;
}

static bool read_cie(const struct unwind_table *t, uint64_t offset, struct cie *cie)
{
	struct cursor c;
	uint64_t next;

	*cie = (struct cie){ 0 };
	if (!read_record(t, offset, &c, &next) || cursor_uint(&c, 4) != 0)
		return false;
	unsigned version = (unsigned)cursor_uint(&c, 1);
	const char *augmentation = cursor_str(&c);
	if (!augmentation || (version != 1 && version != 3 && version != 4))
		return false;
	if (version == 4)
		cursor_take(&c, 2);
	cie->code_align = cursor_uleb(&c);
	cie->data_align = cursor_sleb(&c);
	cie->ra = version == 1 ? cursor_uint(&c, 1) : cursor_uleb(&c);
	if (augmentation[0] == 'z')
		read_augmentation(t, &c, augmentation, cie);
	else if (augmentation[0] != '\0')
		return false;
	cie->program = c;
	return !c.bad && cie->ra < UNWIND_REGS;
}

/* An FDE: its CIE, its range and its program. false: it is no FDE, or a broken one. */
static bool read_fde(const struct unwind_table *t, struct cursor *c, struct cie *cie, uint64_t *last_cie, uint64_t *start,
		     uint64_t *end)
{
	uint64_t place = (uint64_t)(c->p - t->frame);
	uint64_t back = cursor_uint(c, 4);

	if (back == 0 || back > place || c->bad)
		return false;
	/* Most have the CIE of the one before. */
	if (place - back != *last_cie) {
		*last_cie = UINT64_MAX;
		if (!read_cie(t, place - back, cie))
			return false;
		*last_cie = place - back;
	}
	*start = read_encoded(t, c, cie->encoding);
	uint64_t len = read_encoded(t, c, cie->encoding & 0x0f);
	*end = *start + len;
	if (cie->augmented)
		cursor_take(c, cursor_uleb(c));
	return !c->bad && len > 0 && *end > *start;
}

static int by_start(const void *a, const void *b)
{
	const struct unwind_fde *x = a;
	const struct unwind_fde *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return x->offset < y->offset ? -1 : x->offset > y->offset;
}

int unwind_index(struct unwind_table *t)
{
	uint64_t next, last_cie = UINT64_MAX;
	size_t cap = 0;
	struct cursor c;
	struct cie cie;

	t->n = 0;
	t->index = NULL;
	for (uint64_t at = 0; at < UINT32_MAX && read_record(t, at, &c, &next) && t->n < MAX_FDES; at = next) {
		uint64_t start, end;

		if (!read_fde(t, &c, &cie, &last_cie, &start, &end))
			continue;
		if (t->n == cap) {
			cap = cap ? cap * 2 : 256;
			struct unwind_fde *more = realloc(t->index, cap * sizeof(*more));
			if (!more)
				return -ENOMEM;
			t->index = more;
		}
		t->index[t->n++] = (struct unwind_fde){ start, end, (uint32_t)at };
	}
	if (t->n > 0)
		qsort(t->index, t->n, sizeof(*t->index), by_start);
	return 0;
}

const struct unwind_fde *unwind_find(const struct unwind_table *t, uint64_t vaddr)
{
	size_t lo = 0, hi = t->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (t->index[mid].start <= vaddr)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo > 0 && vaddr < t->index[lo - 1].end ? &t->index[lo - 1] : NULL;
}

/* --- programs -------------------------------------------------------------------------------------- */

struct run {
	const struct unwind_table *t;
	const struct cie *cie;
	struct row row;
	struct row first;	  /* as the CIE leaves it */
	struct row *saved;	  /* MAX_SAVED of them */
	size_t n_saved;
	uint64_t loc, until;
};

static void set_rule(struct run *run, uint64_t reg, struct rule rule)
{
	/* Registers of vectors and the like do not matter to the way up. */
	if (reg < UNWIND_REGS)
		run->row.r[reg] = rule;
}

static struct rule expression(struct cursor *c, enum rule_kind kind)
{
	struct rule rule = { .kind = kind, .len = (size_t)cursor_uleb(c) };

	rule.code = cursor_take(c, rule.len);
	return rule;
}

static void offset_rule(struct run *run, uint64_t reg, enum rule_kind kind, uint64_t factored)
{
	set_rule(run, reg, (struct rule){ .kind = kind, .value = (int64_t)(factored * (uint64_t)run->cie->data_align) });
}

static void define_cfa(struct run *run, uint64_t reg, int64_t offset)
{
	run->row.cfa_reg = reg;
	run->row.cfa = (struct rule){ .kind = RULE_REGISTER, .value = offset };
}

static bool save_or_restore(struct run *run, bool save)
{
	if (save) {
		if (run->n_saved == MAX_SAVED)
			return false;
		run->saved[run->n_saved++] = run->row;
		return true;
	}
	if (run->n_saved == 0)
		return false;
	run->row = run->saved[--run->n_saved];
	return true;
}

static bool step_other(struct run *run, struct cursor *c, unsigned op)
{
	uint64_t reg;

	switch (op) {
	case 0x00: return true;
	case 0x05: reg = cursor_uleb(c); offset_rule(run, reg, RULE_OFFSET, cursor_uleb(c)); return true;
	case 0x06:
		reg = cursor_uleb(c);
		if (reg < UNWIND_REGS)
			run->row.r[reg] = run->first.r[reg];
		return true;
	case 0x07: set_rule(run, cursor_uleb(c), (struct rule){ .kind = RULE_UNDEFINED }); return true;
	case 0x08: set_rule(run, cursor_uleb(c), (struct rule){ .kind = RULE_SAME }); return true;
	case 0x09:
		reg = cursor_uleb(c);
		set_rule(run, reg, (struct rule){ .kind = RULE_REGISTER, .value = (int64_t)cursor_uleb(c) });
		return true;
	case 0x0a: return save_or_restore(run, true);
	case 0x0b: return save_or_restore(run, false);
	case 0x0c: reg = cursor_uleb(c); define_cfa(run, reg, (int64_t)cursor_uleb(c)); return true;
	case 0x0d: run->row.cfa_reg = cursor_uleb(c); return run->row.cfa.kind == RULE_REGISTER;
	case 0x0e: define_cfa(run, run->row.cfa_reg, (int64_t)cursor_uleb(c)); return true;
	case 0x0f: run->row.cfa = expression(c, RULE_EXPR); return true;
	case 0x10: reg = cursor_uleb(c); set_rule(run, reg, expression(c, RULE_EXPR)); return true;
	case 0x11: reg = cursor_uleb(c); offset_rule(run, reg, RULE_OFFSET, (uint64_t)cursor_sleb(c)); return true;
	case 0x12:
		reg = cursor_uleb(c);
		define_cfa(run, reg, (int64_t)((uint64_t)cursor_sleb(c) * (uint64_t)run->cie->data_align));
		return true;
	case 0x13:
		define_cfa(run, run->row.cfa_reg, (int64_t)((uint64_t)cursor_sleb(c) * (uint64_t)run->cie->data_align));
		return true;
	case 0x14: reg = cursor_uleb(c); offset_rule(run, reg, RULE_VAL_OFFSET, cursor_uleb(c)); return true;
	case 0x15: reg = cursor_uleb(c); offset_rule(run, reg, RULE_VAL_OFFSET, (uint64_t)cursor_sleb(c)); return true;
	case 0x16: reg = cursor_uleb(c); set_rule(run, reg, expression(c, RULE_VAL_EXPR)); return true;
	case 0x2d: return true; /* aarch64: the return address is signed from here on; it is stripped in any case */
	case 0x2e: cursor_uleb(c); return true; /* size of arguments */
	case 0x2f: reg = cursor_uleb(c); offset_rule(run, reg, RULE_OFFSET, -cursor_uleb(c)); return true;
	default: return false;
	}
}

/* Runs a program up to the row of run->until. */
static bool run_program(struct run *run, struct cursor c)
{
	for (unsigned ops = 0; cursor_left(&c) > 0; ops++) {
		unsigned op = (unsigned)cursor_uint(&c, 1);
		uint64_t by;

		if (ops == MAX_OPS)
			return false;
		if (op >> 6 == 1) {
			by = (op & 0x3f) * run->cie->code_align;
		} else if (op >= 0x02 && op <= 0x04) {
			by = cursor_uint(&c, op == 0x02 ? 1 : op == 0x03 ? 2 : 4) * run->cie->code_align;
		} else if (op == 0x01) {
			by = read_encoded(run->t, &c, run->cie->encoding) - run->loc;
		} else {
			if (op >> 6 == 2)
				offset_rule(run, op & 0x3f, RULE_OFFSET, cursor_uleb(&c));
			else if (op >> 6 == 3 && (op & 0x3f) < UNWIND_REGS)
				run->row.r[op & 0x3f] = run->first.r[op & 0x3f];
			else if (op >> 6 == 0 && !step_other(run, &c, op))
				return false;
			continue;
		}
		if (run->loc + by > run->until)
			break;
		run->loc += by;
	}
	return !c.bad;
}

/* --- application ----------------------------------------------------------------------------------- */

static bool read_word(uint16_t machine, const struct unwind_memory *mem, uint64_t addr, uint64_t *value)
{
	unsigned bytes = unwind_word(machine);
	uint8_t buf[8];

	if (!mem->read(mem->ctx, addr & unwind_mask(machine), buf, bytes))
		return false;
	struct cursor c = cursor_at(buf, sizeof(buf), 0);
	*value = cursor_uint(&c, bytes);
	return true;
}

static bool find_cfa(const struct row *row, uint64_t bias, const struct unwind_memory *mem, const struct unwind_regs *regs,
		     uint64_t *cfa)
{
	if (row->cfa.kind == RULE_EXPR)
		return unwind_expression(row->cfa.code, row->cfa.len, regs, bias, mem, NULL, cfa);
	if (row->cfa.kind != RULE_REGISTER || row->cfa_reg >= UNWIND_REGS || !unwind_has(regs, (unsigned)row->cfa_reg))
		return false;
	*cfa = regs->r[row->cfa_reg] + (uint64_t)row->cfa.value;
	return true;
}

/* The caller's value of one register; unknown when it cannot be had. */
static void apply(const struct rule *rule, unsigned reg, uint64_t cfa, uint64_t bias, const struct unwind_memory *mem,
		  const struct unwind_regs *old, struct unwind_regs *new)
{
	uint64_t v;

	switch (rule->kind) {
	case RULE_SAME:
		if (!unwind_has(old, reg))
			return;
		v = old->r[reg];
		break;
	case RULE_OFFSET:
		if (!read_word(old->machine, mem, cfa + (uint64_t)rule->value, &v))
			return;
		break;
	case RULE_VAL_OFFSET: v = cfa + (uint64_t)rule->value; break;
	case RULE_REGISTER:
		if (rule->value < 0 || rule->value >= UNWIND_REGS || !unwind_has(old, (unsigned)rule->value))
			return;
		v = old->r[rule->value];
		break;
	case RULE_EXPR:
		if (!unwind_expression(rule->code, rule->len, old, bias, mem, &cfa, &v) ||
		    !read_word(old->machine, mem, v, &v))
			return;
		break;
	case RULE_VAL_EXPR:
		if (!unwind_expression(rule->code, rule->len, old, bias, mem, &cfa, &v))
			return;
		break;
	default: return;
	}
	unwind_set(new, reg, v & unwind_mask(old->machine));
}

/* aarch64 signs return addresses in the bits that no address has. */
static uint64_t strip(uint16_t machine, uint64_t pc)
{
	return machine == EM_AARCH64 ? pc & 0x0000ffffffffffff : pc;
}

enum unwind_result unwind_cfi(const struct unwind_table *t, uint64_t vaddr, uint64_t bias, const struct unwind_memory *mem,
			      struct unwind_regs *regs, bool *signal)
{
	const struct unwind_fde *fde = unwind_find(t, vaddr);
	unsigned pc = unwind_pc(t->machine), sp = unwind_sp(t->machine);
	struct row saved[MAX_SAVED];
	struct run run = { .t = t, .saved = saved, .until = vaddr };
	uint64_t next, end, cfa, last_cie = UINT64_MAX;
	struct cursor c;
	struct cie cie;

	*signal = false;
	if (regs->machine != t->machine || !fde || !read_record(t, fde->offset, &c, &next) || !read_fde(t, &c, &cie, &last_cie, &run.loc, &end))
		return UNWIND_FAIL;
	run.cie = &cie;
	uint64_t until = run.until;
	run.until = UINT64_MAX;
	if (!run_program(&run, cie.program))
		return UNWIND_FAIL;
	run.first = run.row;
	run.loc = fde->start;
	run.until = until;
	if (!run_program(&run, c))
		return UNWIND_FAIL;
	/* The outermost frame says so: its return address is undefined. */
	if (run.row.r[cie.ra].kind == RULE_UNDEFINED)
		return UNWIND_END;
	if (!find_cfa(&run.row, bias, mem, regs, &cfa))
		return UNWIND_FAIL;
	cfa &= unwind_mask(t->machine);
	struct unwind_regs up = { .machine = t->machine };
	for (unsigned reg = 0; reg < UNWIND_REGS; reg++)
		apply(&run.row.r[reg], reg, cfa, bias, mem, regs, &up);
	if (run.row.r[sp].kind == RULE_SAME)
		unwind_set(&up, sp, cfa);
	if (!unwind_has(&up, (unsigned)cie.ra) || !unwind_has(&up, sp))
		return UNWIND_FAIL;
	unwind_set(&up, pc, strip(t->machine, up.r[cie.ra]));
	/* A frame that leads to itself would never end. */
	if (up.r[pc] == regs->r[pc] && up.r[sp] == regs->r[sp])
		return UNWIND_FAIL;
	if (up.r[pc] == 0)
		return UNWIND_END;
	*regs = up;
	*signal = cie.signal;
	return UNWIND_OK;
}

enum unwind_result unwind_frame_pointer(uint16_t machine, const struct unwind_memory *mem, struct unwind_regs *regs)
{
	unsigned sp = unwind_sp(machine), pc = unwind_pc(machine), fp = unwind_fp(machine), word = unwind_word(machine);
	uint64_t up, ret;

	if (!unwind_has(regs, fp))
		return UNWIND_FAIL;
	if (regs->r[fp] == 0)
		return UNWIND_END;
	/* Frames lie above one another, and in order. */
	if ((unwind_has(regs, sp) && regs->r[fp] < regs->r[sp]) || regs->r[fp] % word != 0 ||
	    !read_word(machine, mem, regs->r[fp], &up) || !read_word(machine, mem, regs->r[fp] + word, &ret) || (up != 0 && up <= regs->r[fp]))
		return UNWIND_FAIL;
	if (ret == 0)
		return UNWIND_END;
	struct unwind_regs next = { .machine = machine };
	unwind_set(&next, fp, up);
	/* aarch64 keeps the pair at the bottom of a frame: how far its top is, nobody tells. */
	if (machine != EM_AARCH64)
		unwind_set(&next, sp, regs->r[fp] + 2 * word);
	unwind_set(&next, pc, strip(machine, ret));
	*regs = next;
	return UNWIND_OK;
}
