/* SPDX-License-Identifier: GPL-2.0-only
 * Expressions of #if and #elif: integers of 64 bits, defined, names that are no macros are 0.
 */
#include "pp.h"
#include "lex.h"

#include <string.h>

struct value {
	uint64_t v;
	bool is_unsigned;
};

struct eval {
	struct pp *pp;
	struct pp_token *t;
	int depth;
};

static struct value conditional(struct eval *e, bool live);

static bool accept(struct eval *e, const char *text)
{
	if (!pp_is(e->t, text))
		return false;
	e->t = e->t->next;
	return true;
}

static struct value constant(struct eval *e)
{
	struct pp *pp = e->pp;
	struct token t = { 0 };
	const char *p, *end;

	if (!e->t)
		pp_fail(pp, D_PRAGCTL_INVAL, "#if: an operand is missing");
	p = e->t->text;
	end = p + e->t->len;
	if (e->t->kind == PP_NUMBER)
		lex_number(pp->l, &p, end, pp->line, &t);
	else if (e->t->kind == PP_STRING && *p == '\'')
		lex_char(pp->l, &p, end, pp->line, &t);
	else if (e->t->kind == PP_NAME)
		p = end;
	if (p != end)
		pp_fail(pp, D_PRAGCTL_INVAL, "#if: %.*s is no integer", (int)(e->t->len < 100 ? e->t->len : 100), e->t->text);
	e->t = e->t->next;
	return (struct value){ t.value, (t.int_form & INT_UNSIGNED) || t.value > INT64_MAX };
}

static struct value unary(struct eval *e, bool live)
{
	struct value v;

	if (++e->depth > D_NEST_MAX)
		pp_fail(e->pp, D_PRAGCTL_INVAL, "#if: nested too deeply: more than %d levels", D_NEST_MAX);
	if (accept(e, "(")) {
		v = conditional(e, live);
		if (!accept(e, ")"))
			pp_fail(e->pp, D_PRAGCTL_INVAL, "#if: ) is missing");
	} else if (accept(e, "!")) {
		v = unary(e, live);
		v = (struct value){ !v.v, false };
	} else if (accept(e, "-")) {
		v = unary(e, live);
		v.v = -v.v;
	} else if (accept(e, "~")) {
		v = unary(e, live);
		v.v = ~v.v;
	} else if (accept(e, "+")) {
		v = unary(e, live);
	} else {
		v = constant(e);
	}
	e->depth--;
	return v;
}

enum { LOR, LAND, OR, XOR, AND, EQ, NE, LT, LE, GT, GE, SHL, SHR, ADD, SUB, MUL, DIV, MOD, NOPS };
static const struct {
	const char *text;
	int level;
} ops[NOPS] = {
	[LOR] = { "||", 1 }, [LAND] = { "&&", 2 }, [OR] = { "|", 3 }, [XOR] = { "^", 4 },  [AND] = { "&", 5 }, [EQ] = { "==", 6 },
	[NE] = { "!=", 6 },  [LT] = { "<", 7 },	   [LE] = { "<=", 7 }, [GT] = { ">", 7 },  [GE] = { ">=", 7 }, [SHL] = { "<<", 8 },
	[SHR] = { ">>", 8 }, [ADD] = { "+", 9 },   [SUB] = { "-", 9 }, [MUL] = { "*", 10 }, [DIV] = { "/", 10 }, [MOD] = { "%", 10 },
};

/* The quotient or the rest; of signed ones, the smallest by -1 does not fit and wraps. */
static uint64_t divide(struct eval *e, bool rest, uint64_t a, uint64_t b, bool is_unsigned, bool live)
{
	if (b == 0) {
		if (live)
			pp_fail(e->pp, D_PRAGCTL_INVAL, "#if: division by zero");
		return 0;
	}
	if (is_unsigned)
		return rest ? a % b : a / b;
	if (b == UINT64_MAX)
		return rest ? 0 : -a;
	return (uint64_t)(rest ? (int64_t)a % (int64_t)b : (int64_t)a / (int64_t)b);
}

static bool less(uint64_t a, uint64_t b, bool is_unsigned)
{
	return is_unsigned ? a < b : (int64_t)a < (int64_t)b;
}

static struct value apply(struct eval *e, int op, struct value a, struct value b, bool live)
{
	bool u = a.is_unsigned || b.is_unsigned;

	switch (op) {
	case LOR: return (struct value){ a.v || b.v, false };
	case LAND: return (struct value){ a.v && b.v, false };
	case OR: return (struct value){ a.v | b.v, u };
	case XOR: return (struct value){ a.v ^ b.v, u };
	case AND: return (struct value){ a.v & b.v, u };
	case EQ: return (struct value){ a.v == b.v, false };
	case NE: return (struct value){ a.v != b.v, false };
	case LT: return (struct value){ less(a.v, b.v, u), false };
	case GE: return (struct value){ !less(a.v, b.v, u), false };
	case GT: return (struct value){ less(b.v, a.v, u), false };
	case LE: return (struct value){ !less(b.v, a.v, u), false };
	case SHL: return (struct value){ b.v < 64 ? a.v << b.v : 0, a.is_unsigned };
	case SHR:
		if (a.is_unsigned || !(a.v >> 63))
			return (struct value){ b.v < 64 ? a.v >> b.v : 0, a.is_unsigned };
		return (struct value){ b.v < 64 ? ~(~a.v >> b.v) : UINT64_MAX, false };
	case ADD: return (struct value){ a.v + b.v, u };
	case SUB: return (struct value){ a.v - b.v, u };
	case MUL: return (struct value){ a.v * b.v, u };
	default: return (struct value){ divide(e, op == MOD, a.v, b.v, u, live), u };
	}
}

static struct value binary(struct eval *e, int level, bool live)
{
	struct value a = unary(e, live);

	for (;;) {
		bool lives = live;
		struct value b;
		int op = 0;

		while (op < NOPS && (!pp_is(e->t, ops[op].text) || ops[op].level < level))
			op++;
		if (op == NOPS)
			return a;
		e->t = e->t->next;
		if (op == LOR || op == LAND)
			lives = live && (op == LAND) == (a.v != 0);
		b = binary(e, ops[op].level + 1, lives);
		a = apply(e, op, a, b, live);
	}
}

static struct value conditional(struct eval *e, bool live)
{
	struct value c, a, b;

	if (++e->depth > D_NEST_MAX)
		pp_fail(e->pp, D_PRAGCTL_INVAL, "#if: nested too deeply: more than %d levels", D_NEST_MAX);
	c = binary(e, 1, live);
	if (accept(e, "?")) {
		a = conditional(e, live && c.v);
		if (!accept(e, ":"))
			pp_fail(e->pp, D_PRAGCTL_INVAL, "#if: : is missing");
		b = conditional(e, live && !c.v);
		c = (struct value){ c.v ? a.v : b.v, a.is_unsigned || b.is_unsigned };
	}
	e->depth--;
	return c;
}

/* defined NAME and defined(NAME) become 1 or 0 before macros are replaced. */
static void find_defined(struct pp *pp, struct pp_token *t)
{
	for (; t; t = t->next) {
		struct pp_token *n = t->next;
		bool paren;

		if (t->kind != PP_NAME || t->len != 7 || memcmp(t->text, "defined", 7) != 0)
			continue;
		paren = pp_is(n, "(");
		n = paren ? n->next : n;
		if (!n || n->kind != PP_NAME || (paren && !pp_is(n->next, ")")))
			pp_fail(pp, D_PRAGCTL_INVAL, "#if: defined needs a name");
		t->kind = PP_NUMBER;
		t->text = pp_find(pp, n->text, n->len) ? "1" : "0";
		t->len = 1;
		t->next = paren ? n->next->next : n->next;
	}
}

bool pp_condition(struct pp *pp, const char *p, const char *end)
{
	struct eval e = { .pp = pp };
	struct value v;
	bool open;

	e.t = pp_tokens(pp, p, end);
	find_defined(pp, e.t);
	e.t = pp_expand(pp, e.t, &open);
	if (open)
		pp_fail(pp, D_PRAGCTL_INVAL, "#if: the arguments of a macro do not end");
	v = conditional(&e, true);
	if (e.t)
		pp_fail(pp, D_PRAGCTL_INVAL, "#if: unexpected %.*s", (int)(e.t->len < 100 ? e.t->len : 100), e.t->text);
	return v.v != 0;
}
