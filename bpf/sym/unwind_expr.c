/* SPDX-License-Identifier: GPL-2.0-only
 * DWARF expressions (DWARF 5, 2.5) as they occur in call frame information: arithmetic on registers and memory.
 * Steps and stack are limited; nothing loops for long.
 */
#include "read.h"
#include "unwind.h"

enum { DEPTH = 64, STEPS = 1000 };

enum {
	OP_ADDR = 0x03, OP_DEREF = 0x06, OP_CONST1U = 0x08, OP_CONST1S, OP_CONST2U, OP_CONST2S, OP_CONST4U, OP_CONST4S,
	OP_CONST8U, OP_CONST8S, OP_CONSTU, OP_CONSTS, OP_DUP, OP_DROP, OP_OVER, OP_PICK, OP_SWAP, OP_ROT,
	OP_ABS = 0x19, OP_AND, OP_DIV, OP_MINUS, OP_MOD, OP_MUL, OP_NEG, OP_NOT, OP_OR, OP_PLUS, OP_PLUS_UCONST, OP_SHL,
	OP_SHR, OP_SHRA, OP_XOR, OP_BRA, OP_EQ, OP_GE, OP_GT, OP_LE, OP_LT, OP_NE, OP_SKIP, OP_LIT0 = 0x30,
	OP_BREG0 = 0x70, OP_BREGX = 0x92, OP_DEREF_SIZE = 0x94, OP_NOP = 0x96,
};

struct machine {
	uint64_t stack[DEPTH];
	size_t n;
	bool bad;
};

static void push(struct machine *m, uint64_t v)
{
	if (m->n == DEPTH)
		m->bad = true;
	else
		m->stack[m->n++] = v;
}

static uint64_t pop(struct machine *m)
{
	if (m->n == 0) {
		m->bad = true;
		return 0;
	}
	return m->stack[--m->n];
}

static void pick(struct machine *m, uint64_t i)
{
	if (i >= m->n)
		m->bad = true;
	else
		push(m, m->stack[m->n - 1 - i]);
}

static void push_register(struct machine *m, const struct unwind_regs *regs, uint64_t reg, int64_t offset)
{
	if (reg >= UNWIND_REGS || !unwind_has(regs, (unsigned)reg))
		m->bad = true;
	else
		push(m, regs->r[reg] + (uint64_t)offset);
}

static void dereference(struct machine *m, const struct unwind_memory *mem, unsigned bytes)
{
	uint8_t buf[8] = { 0 };
	uint64_t addr = pop(m);

	if (bytes == 0 || bytes > 8 || m->bad || !mem->read(mem->ctx, addr, buf, bytes)) {
		m->bad = true;
		return;
	}
	struct cursor c = cursor_at(buf, 8, 0);
	push(m, cursor_uint(&c, 8));
}

static void unary(struct machine *m, unsigned op)
{
	uint64_t v = pop(m);

	if (op == OP_ABS)
		push(m, (int64_t)v < 0 ? -v : v);
	else
		push(m, op == OP_NEG ? -v : ~v);
}

static void binary(struct machine *m, unsigned op)
{
	uint64_t b = pop(m);
	uint64_t a = pop(m);
	int64_t sa = (int64_t)a, sb = (int64_t)b;
	uint64_t v = 0;

	switch (op) {
	case OP_AND: v = a & b; break;
	case OP_DIV:
		/* The one quotient that does not fit is the dividend again. */
		m->bad |= b == 0;
		v = b == 0 ? 0 : sb == -1 ? -a : (uint64_t)(sa / sb);
		break;
	case OP_MINUS: v = a - b; break;
	case OP_MOD:
		m->bad |= b == 0;
		v = b == 0 ? 0 : a % b;
		break;
	case OP_MUL: v = a * b; break;
	case OP_OR: v = a | b; break;
	case OP_PLUS: v = a + b; break;
	case OP_SHL: v = b < 64 ? a << b : 0; break;
	case OP_SHR: v = b < 64 ? a >> b : 0; break;
	case OP_SHRA:
		b = b < 63 ? b : 63;
		v = sa < 0 ? ~(~a >> b) : a >> b;
		break;
	case OP_XOR: v = a ^ b; break;
	case OP_EQ: v = a == b; break;
	case OP_GE: v = sa >= sb; break;
	case OP_GT: v = sa > sb; break;
	case OP_LE: v = sa <= sb; break;
	case OP_LT: v = sa < sb; break;
	default: v = a != b; break;
	}
	push(m, v);
}

static void exchange(struct machine *m, unsigned n)
{
	if (m->n < n) {
		m->bad = true;
		return;
	}
	uint64_t top = m->stack[m->n - 1];
	for (unsigned i = 1; i < n; i++)
		m->stack[m->n - i] = m->stack[m->n - i - 1];
	m->stack[m->n - n] = top;
}

/* Forward and back, inside the code. */
static void jump(struct machine *m, struct cursor *c, const uint8_t *code, int64_t by)
{
	int64_t to = (c->p - code) + by;

	if (to < 0 || to > c->end - code)
		m->bad = true;
	else
		c->p = code + to;
}

static void constant(struct machine *m, struct cursor *c, unsigned op)
{
	unsigned bytes = 1u << (op - OP_CONST1U) / 2;

	push(m, (op - OP_CONST1U) % 2 ? (uint64_t)cursor_int(c, bytes) : cursor_uint(c, bytes));
}

bool unwind_expression(const uint8_t *code, size_t len, const struct unwind_regs *regs, uint64_t bias,
		       const struct unwind_memory *mem, const uint64_t *first, uint64_t *value)
{
	struct cursor c = cursor_at(code, len, 0);
	struct machine m = { .n = 0 };
	uint64_t reg;

	if (first)
		push(&m, *first);
	for (unsigned steps = 0; cursor_left(&c) > 0 && !m.bad; steps++) {
		unsigned op = (unsigned)cursor_uint(&c, 1);

		if (steps == STEPS)
			return false;
		if (op >= OP_LIT0 && op < OP_LIT0 + 32) {
			push(&m, op - OP_LIT0);
		} else if (op >= OP_BREG0 && op < OP_BREG0 + 32) {
			push_register(&m, regs, op - OP_BREG0, cursor_sleb(&c));
		} else if (op >= OP_CONST1U && op <= OP_CONST8S) {
			constant(&m, &c, op);
		} else switch (op) {
		case OP_ADDR: push(&m, cursor_uint(&c, unwind_word(regs->machine)) + bias); break;
		case OP_DEREF: dereference(&m, mem, unwind_word(regs->machine)); break;
		case OP_DEREF_SIZE: dereference(&m, mem, (unsigned)cursor_uint(&c, 1)); break;
		case OP_CONSTU: push(&m, cursor_uleb(&c)); break;
		case OP_CONSTS: push(&m, (uint64_t)cursor_sleb(&c)); break;
		case OP_DUP: pick(&m, 0); break;
		case OP_DROP: pop(&m); break;
		case OP_OVER: pick(&m, 1); break;
		case OP_PICK: pick(&m, cursor_uint(&c, 1)); break;
		case OP_SWAP: exchange(&m, 2); break;
		case OP_ROT: exchange(&m, 3); break;
		case OP_ABS: case OP_NEG: case OP_NOT: unary(&m, op); break;
		case OP_PLUS_UCONST: push(&m, pop(&m) + cursor_uleb(&c)); break;
		case OP_AND: case OP_DIV: case OP_MINUS: case OP_MOD: case OP_MUL: case OP_OR: case OP_PLUS: case OP_SHL:
		case OP_SHR: case OP_SHRA: case OP_XOR: case OP_EQ: case OP_GE: case OP_GT: case OP_LE: case OP_LT: case OP_NE:
			binary(&m, op);
			break;
		case OP_SKIP: jump(&m, &c, code, cursor_int(&c, 2)); break;
		case OP_BRA: {
			int64_t by = cursor_int(&c, 2);

			if (pop(&m) != 0)
				jump(&m, &c, code, by);
			break;
		}
		case OP_BREGX:
			reg = cursor_uleb(&c);
			push_register(&m, regs, reg, cursor_sleb(&c));
			break;
		case OP_NOP: break;
		default: return false;
		}
	}
	if (m.bad || c.bad || m.n == 0)
		return false;
	*value = m.stack[m.n - 1];
	return true;
}
