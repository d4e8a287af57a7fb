/* SPDX-License-Identifier: GPL-2.0-only
 * Reads the text that ir_write.c describes. The text may come from an untrusted process: what does not parse to the letter is an
 * error, and what parses goes through ir_check. Reading is linear in the text, and so is its memory.
 */
#include "ir.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "ir_build.h"
#include "ir_ops.h"

#define TEXT_MAX (64u << 20)
#define countof(a) (sizeof(a) / sizeof((a)[0]))

struct read {
	struct ir_build b;
	const char *p, *end; /* of the text */
	unsigned line;
	char *error;
	size_t size;
	char *scratch; /* of a quoted string */
};

static bool __attribute__((format(printf, 2, 3))) wrong(struct read *r, const char *fmt, ...)
{
	char why[160];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(why, sizeof(why), fmt, ap);
	va_end(ap);
	snprintf(r->error, r->size, "line %u: %s", r->line, why);
	return false;
}

static void skip_blanks(struct read *r)
{
	while (r->p < r->end && (*r->p == ' ' || *r->p == '\t'))
		r->p++;
	if (r->p < r->end && *r->p == '#')
		while (r->p < r->end && *r->p != '\n')
			r->p++;
}

static bool at_end_of_line(struct read *r)
{
	skip_blanks(r);
	return r->p == r->end || *r->p == '\n';
}

static bool end_line(struct read *r)
{
	if (!at_end_of_line(r))
		return wrong(r, "more than belongs on this line");
	if (r->p < r->end)
		r->p++;
	r->line++;
	return true;
}

/* Past lines that are empty or a comment; false at the end of the text. */
static bool next_line(struct read *r)
{
	while (r->p < r->end && at_end_of_line(r))
		if (!end_line(r))
			return false;
	return r->p < r->end;
}

static bool is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '/';
}

/* The word that comes next, without taking it. */
static size_t peek(struct read *r, const char **word)
{
	const char *p;

	skip_blanks(r);
	p = *word = r->p;
	while (p < r->end && is_word_byte(*p))
		p++;
	return (size_t)(p - r->p);
}

static bool take(struct read *r, const char *what)
{
	const char *w;
	size_t len = peek(r, &w);

	if (len != strlen(what) || memcmp(w, what, len) != 0)
		return false;
	r->p += len;
	return true;
}

static bool want(struct read *r, const char *what)
{
	return take(r, what) || wrong(r, "no \"%s\" here", what);
}

static bool take_char(struct read *r, char c)
{
	skip_blanks(r);
	if (r->p == r->end || *r->p != c)
		return false;
	r->p++;
	return true;
}

static bool want_char(struct read *r, char c)
{
	return take_char(r, c) || wrong(r, "no '%c' here", c);
}

/* Digits that begin here, at most max; no sign, no blanks. */
static bool digits(struct read *r, uint64_t max, uint64_t *value)
{
	uint64_t v = 0;
	const char *from = r->p;

	*value = 0;
	for (; r->p < r->end && *r->p >= '0' && *r->p <= '9'; r->p++) {
		unsigned d = (unsigned)(*r->p - '0');

		if (d > max || v > (max - d) / 10)
			return wrong(r, "a number over %" PRIu64, max);
		v = v * 10 + d;
	}
	*value = v;
	return r->p > from || wrong(r, "no number here");
}

static bool number(struct read *r, uint32_t *value)
{
	uint64_t v;

	skip_blanks(r);
	if (!digits(r, UINT32_MAX, &v))
		return false;
	*value = (uint32_t)v;
	return true;
}

static bool signed_number(struct read *r, int64_t *value)
{
	bool minus = take_char(r, '-');
	uint64_t v;

	if (!digits(r, (uint64_t)INT64_MAX + minus, &v))
		return false;
	*value = (int64_t)(minus ? -v : v);
	return true;
}

/* One of n names; -1 with an error. */
static int name(struct read *r, const char *const *names, size_t n, const char *what)
{
	const char *w;
	size_t len = peek(r, &w);

	for (size_t i = 0; i < n; i++) {
		if (strlen(names[i]) == len && memcmp(names[i], w, len) == 0) {
			r->p += len;
			return (int)i;
		}
	}
	wrong(r, "no %s of this name", what);
	return -1;
}

static int hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool string(struct read *r, uint32_t *index)
{
	const char *q;
	size_t n = 0;

	if (!want_char(r, '"'))
		return false;
	for (q = r->p; q < r->end && *q != '"' && *q != '\n'; q++)
		if (*q == '\\' && q + 1 < r->end)
			q++;
	free(r->scratch);
	r->scratch = malloc((size_t)(q - r->p) + 1);
	if (!r->scratch)
		return wrong(r, "out of memory");
	for (; r->p < r->end && *r->p != '"'; r->p++) {
		char c = *r->p;

		if ((unsigned char)c < 0x20 || (unsigned char)c >= 0x7f)
			return wrong(r, "a byte in a string that is not printable");
		if (c == '\\') {
			if (r->end - r->p < 2)
				break;
			c = *++r->p;
			if (c == 'n') {
				c = '\n';
			} else if (c == 'x') {
				if (r->end - r->p < 3 || hex(r->p[1]) < 0 || hex(r->p[2]) < 0)
					return wrong(r, "\\x without two hexadecimal digits");
				c = (char)(hex(r->p[1]) * 16 + hex(r->p[2]));
				r->p += 2;
			} else if (c != '"' && c != '\\') {
				return wrong(r, "an escape that is none");
			}
		}
		r->scratch[n++] = c;
	}
	if (!want_char(r, '"'))
		return false;
	*index = ir_build_string(&r->b, r->scratch, n);
	return true;
}

static bool type(struct read *r, struct ir_type *t)
{
	static const char *const symbols[] = {"sym", "func", "mod", "usym", "ufunc", "umod", "uaddr"};
	static const unsigned actions[] = {IR_ACT_SYM, IR_ACT_FUNC, IR_ACT_MOD, IR_ACT_USYM, IR_ACT_UFUNC, IR_ACT_UMOD, IR_ACT_UADDR};
	const char *w;
	size_t len = peek(r, &w), at;
	uint64_t v = 0;

	*t = (struct ir_type){0};
	for (at = 0; at < len && w[at] >= 'a' && w[at] <= 'z'; at++)
		;
	r->p += at;
	if (at == 1 && *w == 'i') {
		t->kind = IR_INT;
		if (!digits(r, 8, &v))
			return false;
		if (r->p == r->end || (*r->p != 's' && *r->p != 'u'))
			return wrong(r, "an integer is neither s nor u");
		t->is_signed = *r->p++ == 's';
	} else if (at == 6 && memcmp(w, "string", at) == 0) {
		t->kind = IR_STRING;
	} else if (at == 5 && memcmp(w, "bytes", at) == 0) {
		t->kind = IR_BYTES;
		if (!digits(r, UINT32_MAX, &v))
			return false;
	} else if (at == 5 && memcmp(w, "stack", at) == 0) {
		t->kind = IR_STACK;
		if (!digits(r, UINT32_MAX, &v))
			return false;
	} else {
		size_t i = 0;

		while (i < countof(symbols) && (strlen(symbols[i]) != at || memcmp(symbols[i], w, at) != 0))
			i++;
		if (i == countof(symbols))
			return wrong(r, "no type of this name");
		t->kind = IR_SYM;
		v = actions[i];
	}
	t->size = (uint32_t)v;
	if (r->p < r->end && *r->p == '/') {
		r->p++;
		if (!digits(r, UINT32_MAX, &v))
			return false;
		t->ctype = (uint32_t)v;
	}
	return true;
}

/* Types up to the end of the line, or to the word `until`. */
static bool types(struct read *r, const char *until, uint32_t *first, uint32_t *n)
{
	*first = r->b.p->nkeytypes;
	*n = 0;
	while (!at_end_of_line(r)) {
		struct ir_type t;

		if (until && take(r, until))
			return true;
		if (!type(r, &t))
			return false;
		ir_build_type(&r->b, &t);
		++*n;
	}
	return !until || wrong(r, "no \"%s\" here", until);
}

static bool is_signed(struct read *r, bool *value)
{
	static const char *const names[] = {"unsigned", "signed"};
	int n = name(r, names, 2, "sign");

	*value = n == 1;
	return n >= 0;
}

/* The index that a line carries is for the human reader; it must be the right one all the same. */
static bool own_index(struct read *r, uint32_t is)
{
	uint32_t n;

	return number(r, &n) && (n == is || wrong(r, "number %" PRIu32 " where %" PRIu32 " belongs", n, is));
}

static bool read_ctype(struct read *r)
{
	struct ir_ctype t = {0};
	int kind;

	if (!own_index(r, r->b.p->nctypes) || (kind = name(r, ir_ctype_names, countof(ir_ctype_names), "kind")) < 0)
		return false;
	t.kind = (unsigned)kind;
	if (!string(r, &t.name) || !number(r, &t.size) || !is_signed(r, &t.is_signed))
		return false;
	if (take(r, "of") && (!number(r, &t.base) || !number(r, &t.count)))
		return false;
	t.members = r->b.p->ncmembers;
	if (take(r, "members") && !number(r, &t.nmembers))
		return false;
	ir_build_ctype(&r->b, &t);
	for (uint32_t i = 0; i < t.nmembers; i++) {
		struct ir_cmember m = {0};

		if (!end_line(r) || !want(r, "member") || !string(r, &m.name) || !number(r, &m.type) || !number(r, &m.bit_offset) ||
		    !number(r, &m.bit_width) || !signed_number(r, &m.value))
			return false;
		ir_build_cmember(&r->b, &m);
	}
	return true;
}

static bool read_stack(struct read *r)
{
	struct ir_stack s = {0};
	int kind = name(r, ir_stack_names, countof(ir_stack_names), "stack");
	uint32_t n = r->b.p->nstacks;

	if (kind < 0 || !number(r, &s.frames) || !number(r, &s.strsize))
		return false;
	s.kind = (unsigned)kind;
	ir_build_stack(&r->b, &s);
	return r->b.failed || r->b.p->nstacks == n + 1 || wrong(r, "the same stack twice");
}

static bool read_agg(struct read *r)
{
	struct ir_aggregation a = {0};
	int func;

	if (!own_index(r, r->b.p->naggs) || !string(r, &a.name) ||
	    (func = name(r, ir_aggfunc_names, countof(ir_aggfunc_names), "aggregating function")) < 0 ||
	    !is_signed(r, &a.is_signed) || !want(r, "params"))
		return false;
	a.func = (unsigned)func;
	for (int i = 0; i < 4; i++)
		if (!signed_number(r, &a.param[i]))
			return false;
	if (!want(r, "keys") || !types(r, NULL, &a.keys, &a.nkeys))
		return false;
	ir_build_agg(&r->b, &a);
	return true;
}

static bool read_var(struct read *r)
{
	struct ir_var v = {0};
	int scope;

	if (!own_index(r, r->b.p->nvars) || (scope = name(r, ir_scope_names, countof(ir_scope_names), "scope")) < 0 ||
	    !string(r, &v.name) || !type(r, &v.type) || !want(r, "keys") || !types(r, NULL, &v.keys, &v.nkeys))
		return false;
	v.scope = (unsigned)scope;
	ir_build_var(&r->b, &v);
	return true;
}

static bool read_action(struct read *r, struct ir_clause *c)
{
	struct ir_action a = {0};
	int kind;

	if (!own_index(r, c->nactions) || (kind = name(r, ir_action_names, IR_ACT_COUNT, "action")) < 0 || !string(r, &a.format) ||
	    !want(r, "arg") || !signed_number(r, &a.arg) || !want(r, "types") || !types(r, "aggs", &a.types, &a.ntypes))
		return false;
	a.kind = (uint16_t)kind;
	a.aggs = r->b.p->nagg_refs;
	while (!take(r, "line")) {
		uint32_t agg;

		if (!number(r, &agg))
			return false;
		ir_build_agg_ref(&r->b, agg);
		a.naggs++;
	}
	if (!number(r, &a.line))
		return false;
	ir_build_action(&r->b, &a);
	c->nactions++;
	return true;
}

/* r5, s5 or, where it may be left out, - */
static bool operand(struct read *r, char kind, uint16_t *n)
{
	uint64_t v;

	*n = IR_NONE;
	if (kind == '-' || (kind == 'R' && take_char(r, '-')))
		return true;
	if (!want_char(r, kind == 's' ? 's' : 'r') || !digits(r, IR_REGS_MAX, &v))
		return false;
	*n = (uint16_t)v;
	return true;
}

static bool immediate(struct read *r, char kind, int64_t *imm)
{
	uint32_t s;
	uint64_t v;
	int n = 0;

	switch (kind) {
	case 't':
		if (!string(r, &s))
			return false;
		*imm = s;
		return true;
	case 'f':
		n = name(r, ir_func_names, IR_FUNC_COUNT, "function");
		break;
	case 'u':
		n = name(r, ir_builtin_names, IR_VAR_COUNT, "built-in variable");
		break;
	case 'h':
		n = name(r, ir_action_names, IR_ACT_COUNT, "action");
		break;
	case 'b':
		if (!want_char(r, 'b') || !digits(r, UINT32_MAX, &v))
			return false;
		*imm = (int64_t)v;
		return true;
	default:
		return signed_number(r, imm);
	}
	*imm = n;
	return n >= 0;
}

static bool arguments(struct read *r, struct ir_ins *i)
{
	i->args = r->b.p->nargs;
	if (!want_char(r, '('))
		return false;
	if (take_char(r, ')'))
		return true;
	do {
		struct ir_arg a = {.kind = IR_ARG_REG};
		uint64_t v;

		skip_blanks(r);
		if (r->end - r->p > 5 && memcmp(r->p, "stack", 5) == 0) {
			a.kind = IR_ARG_STACK;
			r->p += 5;
		} else if (take_char(r, 's')) {
			a.kind = IR_ARG_SLOT;
		} else if (!want_char(r, 'r')) {
			return false;
		}
		if (!digits(r, IR_REGS_MAX, &v))
			return false;
		a.n = (uint16_t)v;
		ir_build_arg(&r->b, &a);
		i->nargs++;
	} while (take_char(r, ','));
	return want_char(r, ')');
}

static bool operation(struct read *r, struct ir_ins *i)
{
	const char *w;
	size_t len = peek(r, &w), dot = 0;
	char width[8];

	while (dot < len && w[dot] != '.')
		dot++;
	for (unsigned op = 0; op < IR_OP_COUNT; op++) {
		if (strlen(ir_shapes[op].name) != dot || memcmp(ir_shapes[op].name, w, dot) != 0)
			continue;
		i->op = op;
		r->p += len;
		if (!ir_shapes[op].width)
			return dot == len || wrong(r, "%s has no width", ir_shapes[op].name);
		for (unsigned n = 8; n <= 64; n *= 2) {
			for (int s = 0; s < 2; s++) {
				snprintf(width, sizeof(width), ".%u%c", n, s ? 's' : 'u');
				if (strlen(width) == len - dot && memcmp(width, w + dot, len - dot) == 0) {
					i->width = (uint8_t)(n / 8);
					i->is_signed = s;
					return true;
				}
			}
		}
		return wrong(r, "no such width");
	}
	return wrong(r, "no instruction of this name");
}

/* Takes a comma unless nothing stood before it. */
static bool separated(struct read *r, bool *any)
{
	bool first = !*any;

	*any = true;
	return first || want_char(r, ',');
}

static bool read_ins(struct read *r)
{
	struct ir_ins i = {.d = IR_NONE, .a = IR_NONE, .b = IR_NONE};
	const struct ir_shape *s;
	const char *save, *w;
	size_t len;
	bool any = false, imm_first;
	char d = '-';
	int64_t imm2 = 0;

	/* "r1 = add ..." or "store ...": look whether a destination comes first. */
	skip_blanks(r);
	save = r->p;
	len = peek(r, &w);
	if (len >= 2 && (*w == 'r' || *w == 's') && w[1] >= '0' && w[1] <= '9') {
		d = *w;
		if (!operand(r, d, &i.d) || !want_char(r, '='))
			return false;
	} else {
		r->p = save;
	}
	if (!operation(r, &i))
		return false;
	s = &ir_shapes[i.op];
	imm_first = strchr("vgfuch", s->imm) != NULL;
	if (imm_first && (!separated(r, &any) || !immediate(r, s->imm, &i.imm)))
		return false;
	if (d != (s->d != '*'			    ? s->d
		  : ir_func_signature((unsigned)i.imm).result == 'i' ? 'r'
							    : ir_func_signature((unsigned)i.imm).result))
		return wrong(r, "the result of %s", s->name);
	if ((s->a != '-' && (!separated(r, &any) || !operand(r, s->a, &i.a))) ||
	    (s->b != '-' && (!separated(r, &any) || !operand(r, s->b, &i.b))))
		return false;
	if (!imm_first && s->imm != '-' && (!separated(r, &any) || !immediate(r, s->imm, &i.imm)))
		return false;
	if (s->imm2 != '-') {
		if (!separated(r, &any) || !immediate(r, s->imm2, &imm2))
			return false;
		if (imm2 < 0 || imm2 > UINT32_MAX)
			return wrong(r, "a number out of range");
		i.imm2 = (uint32_t)imm2;
	}
	if (s->args && !arguments(r, &i))
		return false;
	if (!want_char(r, '@') || !number(r, &i.line) || !want_char(r, ':') || !number(r, &i.stmt))
		return false;
	ir_build_ins(&r->b, &i);
	return true;
}

static bool read_slots(struct read *r, struct ir_clause *c)
{
	while (!at_end_of_line(r)) {
		uint32_t size = 0;

		if (!take(r, "string") && (!number(r, &size) || (size == 0 && !wrong(r, "a slot of no size"))))
			return false;
		if (c->nslots == IR_REGS_MAX)
			return wrong(r, "too many slots");
		ir_build_slot(&r->b, size);
		c->nslots++;
	}
	return end_line(r);
}

static bool read_clause(struct read *r)
{
	struct ir_program *p = r->b.p;
	struct ir_clause c = {.blocks = p->nblocks, .actions = p->nactions, .slot_sizes = p->nslotsizes};
	uint32_t regs;

	if (!own_index(r, p->nclauses) || !string(r, &c.probes) || !want(r, "line") || !number(r, &c.line) || !want(r, "regs") ||
	    !number(r, &regs))
		return false;
	if (regs > IR_REGS_MAX)
		return wrong(r, "too many registers");
	c.nregs = (uint16_t)regs;
	c.is_default = take(r, "default");
	if (!end_line(r) || (next_line(r) && take(r, "slots") && !read_slots(r, &c)))
		return false;
	while (next_line(r) && take(r, "action"))
		if (!read_action(r, &c) || !end_line(r))
			return false;
	while (next_line(r) && take(r, "block")) {
		struct ir_block b = {.first = p->nins};

		if (!own_index(r, c.nblocks) || !end_line(r))
			return false;
		for (const char *w; next_line(r); b.count++) {
			size_t len = peek(r, &w);

			if ((len == 5 && memcmp(w, "block", 5) == 0) || (len == 3 && memcmp(w, "end", 3) == 0))
				break;
			if (!read_ins(r) || !end_line(r) || r->b.failed)
				return false;
		}
		ir_build_block(&r->b, &b);
		c.nblocks++;
	}
	if (!want(r, "end"))
		return false;
	ir_build_clause(&r->b, &c);
	return true;
}

static bool read_option(struct read *r)
{
	uint32_t option, value;

	if (!string(r, &option) || !string(r, &value))
		return false;
	ir_build_option(&r->b, option, value);
	return true;
}

static bool read_program(struct read *r)
{
	static const struct {
		const char *word;
		bool (*read)(struct read *r);
	} lines[] = {
		{"option", read_option}, {"stack", read_stack}, {"ctype", read_ctype},
		{"agg", read_agg},	 {"var", read_var},	{"clause", read_clause},
	};
	uint32_t version;

	if (!next_line(r) || !want(r, "ir") || !number(r, &version))
		return r->p < r->end ? false : wrong(r, "no program");
	if (version != IR_VERSION)
		return wrong(r, "version %" PRIu32 " of the IR, not %d", version, IR_VERSION);
	if (!want(r, "strsize") || !number(r, &r->b.p->strsize) || !end_line(r))
		return false;
	while (next_line(r) && !r->b.failed) {
		size_t i = 0;

		while (i < countof(lines) && !take(r, lines[i].word))
			i++;
		if (i == countof(lines))
			return wrong(r, "a line of no kind");
		if (!lines[i].read(r) || !end_line(r))
			return false;
	}
	return true;
}

struct ir_program *ir_read(const char *text, size_t len, char *error, size_t size)
{
	struct read r = {.p = text, .end = text + len, .line = 1, .error = error, .size = size};
	struct ir_program *p;
	bool ok;

	if (size)
		*error = '\0';
	if (len > TEXT_MAX) {
		wrong(&r, "the text is too long");
		return NULL;
	}
	ok = ir_build_init(&r.b) && read_program(&r);
	free(r.scratch);
	if (r.b.failed)
		wrong(&r, "out of memory");
	p = ir_build_done(&r.b);
	if (p && (!ok || !ir_check(p, error, size))) {
		ir_free(p);
		p = NULL;
	}
	return p;
}
