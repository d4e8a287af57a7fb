/* SPDX-License-Identifier: GPL-2.0-only
 * bpf/lang: types of expressions and values of constants against C's own, layouts of structs against this compiler's,
 * and what the check leaves for lower*.c. The errors have scripts of their own: tests/d/check.
 */
#include "unit.h"

#include "bpf/lang/format.h"
#include "bpf/lang/state.h"
#include "bpf/prov/prov.h"
#include "toolbox/lib/base.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static const struct lang_options options = { .strsize = 256 };

/* A compilation up to the check. */
struct checked {
	struct lang l;
	struct lang_source source;
	struct prov_set *probes;
	struct node *program;
};

static struct node *run(struct checked *c, const char *text)
{
	if (setjmp(c->l.ctx.stop)) {
		print_error("%s\n[%s] line %d: %s\n", text, d_tag_name(c->l.ctx.error.tag), c->l.ctx.error.line,
			    c->l.ctx.error.message);
		return NULL;
	}
	sym_init(&c->l);
	c->program = lang_parse(&c->l, text, strlen(text));
	lang_check(&c->l, c->program);
	return c->program;
}

static struct checked *check(const char *text)
{
	struct checked *c = calloc(1, sizeof(*c));

	assert_non_null(c);
	c->probes = prov_new();
	c->source = (struct lang_source){ .name = "test", .text = text, .len = strlen(text), .is_file = true };
	c->l.options = &options;
	c->l.source = &c->source;
	c->l.probes = c->probes;
	c->l.ctx.arena.limit = D_MEMORY_MAX;
	assert_non_null(run(c, text));
	return c;
}

static void done(struct checked *c)
{
	arena_free(&c->l.ctx.arena);
	prov_free(c->probes);
	free(c);
}

/* The first clause's last statement's expression. */
static struct node *last(struct checked *c)
{
	struct node *n = c->program;

	while (n->kind != N_CLAUSE)
		n = n->next;
	for (n = n->args; n->next;)
		n = n->next;
	return n->left;
}

/* The argument of the trace() that ends `declarations BEGIN { statements trace(expression); }`. */
static struct checked *expression(const char *declarations, const char *statements, const char *text, struct node **n)
{
	char *script;
	struct checked *c;

	assert_true(asprintf(&script, "%s BEGIN { %s trace(%s); }", declarations, statements, text) > 0);
	c = check(script);
	free(script);
	*n = last(c)->args;
	return c;
}

static void want_type(const char *declarations, const char *statements, const char *text, const char *type)
{
	struct node *n;
	struct checked *c = expression(declarations, statements, text, &n);

	assert_string_equal(type_name(&c->l.ctx, n->type), type);
	done(c);
}

static void test_types(void **state)
{
	static const struct {
		const char *text, *type;
	} rows[] = {
		{ "1", "int" },
		{ "1u", "unsigned int" },
		{ "1l", "long" },
		{ "1ul", "unsigned long" },
		{ "1ll", "long long" },
		{ "1ull", "unsigned long long" },
		{ "2147483647", "int" },
		{ "2147483648", "long" },
		{ "0x80000000", "unsigned int" },
		{ "0x100000000", "long" },
		{ "0xffffffffffffffff", "unsigned long" },
		{ "4294967296u", "unsigned long" },
		{ "'a'", "int" },
		{ "\"a\"", "string" },
		{ "pid", "pid_t" },
		{ "pid + 1", "pid_t" },
		{ "uid + 1", "uid_t" },
		{ "1 + uid", "uid_t" },
		{ "timestamp - 1", "uint64_t" },
		{ "arg0 + 1u", "int64_t" },
		{ "arg0 + 1ul", "unsigned long" },
		{ "(char)1 + (char)1", "int" },
		{ "(short)1 * (unsigned short)1", "int" },
		{ "(uint8_t)1 << 1l", "int" },
		{ "1ul << 1", "unsigned long" },
		{ "1 << 1ul", "int" },
		{ "timestamp == 1", "int" },
		{ "execname == \"x\"", "int" },
		{ "!timestamp", "int" },
		{ "~(uint16_t)1", "int" },
		{ "-timestamp", "uint64_t" },
		{ "1 && 2ul", "int" },
		{ "pid ? 1 : 2ul", "unsigned long" },
		{ "pid ? \"a\" : execname", "string" },
		{ "(1, execname)", "string" },
		{ "(uint32_t)timestamp", "uint32_t" },
		{ "sizeof (int)", "size_t" },
		{ "stringof(arg0)", "string" },
		{ "strlen(execname)", "size_t" },
		{ "rand()", "int" },
		{ "copyin(arg0, 4)", "void *" },
		{ "*(int *)arg0", "int" },
		{ "((int *)arg0)[1]", "int" },
		{ "(int *)arg0 + 1", "int *" },
		{ "1 + (int *)arg0", "int *" },
		{ "(int *)arg0 - (int *)arg1", "ptrdiff_t" },
		{ "&*(int *)arg0", "int *" },
		{ "curpsinfo->pr_pid", "pid_t" },
		{ "curpsinfo->pr_fname", "string" },
		{ "curcpu->cpu_id", "processorid_t" },
		{ "(const char *)arg0", "const char *" },
		{ "(char *const)arg0", "char * const" },
		{ "(int (*)(int, char *))arg0", "int (*)(int, char *)" },
		{ "*(int (*)[4])arg0", "int [4]" },
		{ "NULL", "void *" },
		{ "SIGKILL", "int" },
		{ "ustack()", "ustack" },
		{ "usym(arg0)", "usym" },
	};

	(void)state;
	for (size_t i = 0; i < countof(rows); i++)
		want_type("", "", rows[i].text, rows[i].type);
}

static void test_inferred(void **state)
{
	static const struct {
		const char *first, *text, *type;
	} rows[] = {
		{ "x = 1;", "x", "int" },
		{ "x = pid;", "x", "pid_t" },
		{ "x = execname;", "x", "string" },
		{ "x++;", "x", "int64_t" },
		{ "self->x--;", "self->x", "int64_t" },
		{ "x += 1ul;", "x", "unsigned long" },
		{ "x = curpsinfo->pr_psargs;", "x", "string" },
		{ "a[1, \"k\"] = timestamp;", "a[2, execname]", "uint64_t" },
		{ "this->p = (int *)alloca(8);", "*this->p", "int" },
		{ "a[pid]++;", "a[1]", "int64_t" },
		{ "x = y = 3ul;", "x", "unsigned long" },
		{ "x = (struct t *)arg0;", "x", "struct t *" },
		{ "x = v;", "x.c", "char [4]" },
		{ "x = v.c;", "x", "string" },
		{ "x = v.n;", "x[1]", "int" },
	};

	(void)state;
	for (size_t i = 0; i < countof(rows); i++)
		want_type("struct s { char c[4]; int n[4]; }; struct s v;", rows[i].first, rows[i].text, rows[i].type);
}

/* C works out the same expression: what it says is what we want. */
#define CONSTANT(e) { #e, (int64_t)(e) }
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-compare"
#pragma GCC diagnostic ignored "-Wparentheses"
#pragma GCC diagnostic ignored "-Wint-in-bool-context"
#pragma GCC diagnostic ignored "-Wtype-limits"
#ifdef __clang__
#pragma GCC diagnostic ignored "-Wconstant-logical-operand"
#else
#pragma GCC diagnostic ignored "-Wbool-compare"
#endif
static const struct {
	const char *text;
	int64_t value;
} constants[] = {
	CONSTANT(1 + 2 * 3),
	CONSTANT((1 + 2) * 3),
	CONSTANT(7 / 2),
	CONSTANT(-7 / 2),
	CONSTANT(-7 % 3),
	CONSTANT(7 % -3),
	CONSTANT(1u - 2u),
	CONSTANT(1ul - 2ul),
	CONSTANT(-1 < 1u),
	CONSTANT(-1l < 1u),
	CONSTANT(-1 > 1ul),
	CONSTANT(0x7fffffff + 1u),
	CONSTANT(0xffffffff),
	CONSTANT(0xffffffff >> 4),
	CONSTANT(-16 >> 2),
	CONSTANT((unsigned)-16 >> 2),
	CONSTANT(1l << 40),
	CONSTANT(5 & 3),
	CONSTANT(5 | 3),
	CONSTANT(5 ^ 3),
	CONSTANT(~0),
	CONSTANT(~0u),
	CONSTANT(~0ul >> 1),
	CONSTANT(!5),
	CONSTANT(!0),
	CONSTANT(1 && 0),
	CONSTANT(1 || 0),
	CONSTANT(3 == 3),
	CONSTANT(3 != 3),
	CONSTANT(2 <= 3),
	CONSTANT(3 >= 4),
	CONSTANT((char)300),
	CONSTANT((unsigned char)300),
	CONSTANT((signed char)200),
	CONSTANT((short)70000),
	CONSTANT((unsigned short)-1),
	CONSTANT((int)4294967297l),
	CONSTANT((long)(int)-1),
	CONSTANT((unsigned long)(unsigned)-1),
	CONSTANT((long)(char)-1),
	CONSTANT(1 ? 2 : 3),
	CONSTANT(0 ? 2 : 3),
	CONSTANT(1 ? -1 : 2u),
	CONSTANT(sizeof(long) * 2),
	CONSTANT(-sizeof(int)),
	CONSTANT('a'),
	CONSTANT('\n'),
	CONSTANT('\0'),
	CONSTANT('\x41'),
	CONSTANT('\101'),
	CONSTANT(010),
	CONSTANT(-2147483647 - 1),
	CONSTANT((-9223372036854775807 - 1) / 2),
	CONSTANT(18446744073709551615u / 3),
	CONSTANT(18446744073709551615u % 10),
	CONSTANT(1 << 3 << 2),
	CONSTANT(100 - 10 - 1),
	CONSTANT(2 + 3 << 1),
	CONSTANT(1 | 2 ^ 3 & 4),
	CONSTANT(1 < 2 == 1),
	CONSTANT(- -5),
	CONSTANT(+5),
	CONSTANT(-(unsigned char)1),
	CONSTANT(sizeof(char) + sizeof(short)),
	CONSTANT(ENOENT),
	CONSTANT(EAGAIN),
	CONSTANT(ETIMEDOUT),
	CONSTANT(SIGUSR1),
	CONSTANT(SIGWINCH),
	CONSTANT(O_CREAT | O_EXCL | O_TRUNC | O_APPEND),
	CONSTANT(O_NONBLOCK),
	CONSTANT(O_SYNC | O_DSYNC | O_CLOEXEC),
	CONSTANT(AF_INET6),
};
#pragma GCC diagnostic pop

static void test_constants(void **state)
{
	(void)state;
	for (size_t i = 0; i < countof(constants); i++) {
		struct node *n;
		struct checked *c = expression("", "", constants[i].text, &n);

		if (n->kind != N_INT || n->value != constants[i].value)
			fail_msg("%s: kind %d value %lld, C has %lld", constants[i].text, n->kind, (long long)n->value,
				 (long long)constants[i].value);
		done(c);
	}
}

/* Division of the smallest number by -1 has no result in C; D's wraps, as its machine does. */
static void test_overflow(void **state)
{
	struct node *n;
	struct checked *c = expression("", "", "(-9223372036854775807 - 1) / -1", &n);

	(void)state;
	assert_int_equal(n->value, INT64_MIN);
	done(c);
	c = expression("", "", "(-9223372036854775807 - 1) % -1", &n);
	assert_int_equal(n->value, 0);
	done(c);
}

/* The same text for both compilers. */
#define LAYOUTS(X)                                                                        \
	X(l1, struct l1 { char a; int b; char c; }; )                                     \
	X(l2, struct l2 { int a:3; int b:5; int c:25; char d; }; )                        \
	X(l3, struct l3 { char a; long b:40; short c; }; )                                \
	X(l4, struct l4 { unsigned char a:4; unsigned char b:5; unsigned short c:9; }; )  \
	X(l5, struct l5 { int a:3; int :0; int b:3; }; )                                  \
	X(l6, struct l6 { int a:3; int :7; int b:3; char c[3]; }; )                       \
	X(l7, struct l7 { char c; union { int i; char b[6]; } u; short s; }; )            \
	X(l8, struct l8 { char c; struct { short s; long l; }; char *p; }; )              \
	X(l9, struct l9 { struct l9 *next; char name[13]; int (*f)(int); }; )             \
	X(l10, struct l10 { char a[3][5]; double d; float f; }; )                         \
	X(l11, struct l11 { long a:33; int b:31; char c:1; }; )                           \
	X(l12, struct l12 { enum { L12A, L12B = 7 } e; unsigned char c; unsigned long v:1; }; )

#define DEFINE(name, ...) __VA_ARGS__
LAYOUTS(DEFINE)
#undef DEFINE

static uint64_t sizeof_text(const char *declarations, const char *text)
{
	struct node *n;
	struct checked *c = expression(declarations, "", text, &n);
	uint64_t value = (uint64_t)n->value;

	assert_int_equal(n->kind, N_INT);
	done(c);
	return value;
}

static void test_layout(void **state)
{
	(void)state;
#define COMPARE(name, ...)                                                                             \
	assert_int_equal(sizeof_text(#__VA_ARGS__, "sizeof (struct " #name ")"), sizeof(struct name)); \
	assert_int_equal(sizeof_text(#__VA_ARGS__ " struct al { char c; struct " #name " s; };",       \
				     "offsetof(struct al, s)"),                                        \
			 _Alignof(struct name));
	LAYOUTS(COMPARE)
#undef COMPARE
#define OFFSET(decl, type, member) \
	assert_int_equal(sizeof_text(decl, "offsetof(struct " #type ", " #member ")"), offsetof(struct type, member))
	OFFSET("struct l7 { char c; union { int i; char b[6]; } u; short s; };", l7, u);
	OFFSET("struct l7 { char c; union { int i; char b[6]; } u; short s; };", l7, s);
	OFFSET("struct l8 { char c; struct { short s; long l; }; char *p; };", l8, l);
	OFFSET("struct l8 { char c; struct { short s; long l; }; char *p; };", l8, p);
	OFFSET("struct l10 { char a[3][5]; double d; float f; };", l10, d);
#undef OFFSET
}

/* Where bit-fields lie: C writes one, D says which bits those are. */
static void test_bits(void **state)
{
	union {
		struct l2 s;
		uint64_t word;
	} u = { .word = 0 };
	struct node *n;
	struct checked *c;

	(void)state;
	u.s.c = -1;
	c = expression("struct l2 { int a:3; int b:5; int c:25; char d; }; struct l2 *p;", "", "p->c", &n);
	assert_int_equal(n->kind, N_MEMBER);
	assert_int_equal(n->bit_width, 25);
	assert_int_equal(((UINT64_C(1) << 25) - 1) << n->bit_offset, u.word);
	done(c);
}

/* A type as a message has it is the type as it was written. */
static void test_names(void **state)
{
	static const char *const same[] = {
		"int *",	 "unsigned char *",   "string *",
		"struct foo *",	 "char (*) [16]",     "int (*) [3] [4]",
		"int (*)(void)", "int (*)(int, ...)", "const int *",
		"int * const",	 "uint8_t (*) [4]",   "char **",
		"union u *",	 "long double *",     "const char * (*)(struct foo *)",
	};

	(void)state;
	for (size_t i = 0; i < countof(same); i++) {
		char text[100];

		snprintf(text, sizeof(text), "(%s)arg0", same[i]);
		want_type("", "", text, same[i]);
	}
}

/* What lower*.c relies on. */
static void test_tree(void **state)
{
	struct node *n;
	struct checked *c;

	(void)state;
	c = expression("", "", "pid + timestamp", &n); /* both sides of one type */
	assert_int_equal(n->left->kind, N_CAST);
	assert_true(n->left->implicit);
	assert_true(type_same(n->left->type, n->right->type));
	done(c);
	c = expression("", "", "1 + (int *)arg0", &n); /* the pointer is left, the integer has 64 bits */
	assert_int_equal(n->left->type->kind, TY_PTR);
	assert_int_equal(type_size(n->right->type), 8);
	done(c);
	c = expression("struct s { char name[8]; }; struct s *p;", "", "p->name == \"x\"", &n); /* both are strings */
	assert_int_equal(type_resolve(n->left->type)->kind, TY_STRING);
	assert_int_equal(n->left->kind, N_CAST);
	done(c);
	c = expression("inline int add[int a, int b] = a + b;", "", "add[1, add[2, 3]] + SIGHUP",
		       &n); /* inlines are gone */
	assert_int_equal(n->kind, N_INT);
	assert_int_equal(n->value, 7);
	done(c);
	c = expression("struct o { int a; }; translator struct o < int x > { a = x * 2; };", "",
		       "xlate <struct o *> (pid)->a", &n);
	while (n->kind == N_CAST)
		n = n->left;
	assert_int_equal(n->kind, N_BINARY);
	done(c);
	c = check("BEGIN { @a[execname, pid] = lquantize(pid, 0, 100, 5); @b = count(); @a[\"\", 1] = lquantize(1, 0, "
		  "100, 5); }");
	assert_int_equal(c->l.sym.naggs, 2);
	assert_string_equal(c->l.sym.aggs->name, "a");
	assert_int_equal(c->l.sym.aggs->nparams, 2);
	assert_int_equal(c->l.sym.aggs->param[1], 100);
	assert_int_equal(c->l.sym.aggs->param[2], 5);
	assert_int_equal(c->l.sym.aggs->next_made->func->id, IR_AGG_COUNT);
	done(c);
	c = check("self int x; BEGIN { x = 1; self->x = 2; this->x = 3; a[x] = 4; }");
	assert_int_equal(c->l.sym.nvars, 4);
	done(c);
}

/* Every name of the tables is found, so they are in the order that the search needs. */
static void test_tables(void **state)
{
	static const char *const names[] = {
#define D_CONST(name, value) name,
#include "bpf/lang/constants.def"
#undef D_CONST
#define D_FUNC(id, name, result, params, flags) name,
#include "bpf/lang/functions.def"
#undef D_FUNC
#define D_ACTION(id, name, params, flags) name,
#include "bpf/lang/actions.def"
#undef D_ACTION
#define D_BUILTIN(id, name, type, flags) name,
#include "bpf/lang/builtins.def"
#undef D_BUILTIN
	};
	static const char *const types[] = {
#define D_TYPEDEF(name, text) name,
#include "bpf/lang/types.def"
#undef D_TYPEDEF
	};
	struct checked *c = check("BEGIN { trace(curpsinfo->pr_pid); }"); /* the prelude is in */

	(void)state;
	for (size_t i = 0; i < countof(names); i++) {
		struct ident *id = sym_find(&c->l, SCOPE_GLOBAL, names[i]);

		if (!id || !id->type)
			fail_msg("%s is not found, or has no type", names[i]);
		for (struct sym_param *p = id ? id->params : NULL; p; p = p->next)
			if (!p->type && id->kind != ID_ACTION)
				fail_msg("%s: a parameter has no type", names[i]);
	}
	for (size_t i = 0; i < countof(types); i++) {
		assert_true(sym_is_typename(types[i]));
		if (!sym_find_type(&c->l, types[i]))
			fail_msg("%s is not found", types[i]);
	}
	done(c);
}

/* Types of the tables of providers are D: each of them resolves. */
static bool resolve(void *cookie, const struct prov_probe *p)
{
	struct checked *c = cookie;

	for (unsigned i = 0; i < p->nargs; i++)
		if (!sym_type_text(&c->l, p->args[i]))
			fail_msg("%s:%s:%s: args[%u]: %s", p->provider, p->function, p->name, i, p->args[i]);
	return true;
}

static void test_provider_types(void **state)
{
	struct prov_desc all = { "", "", "", "", 0 };
	struct checked *c = check("BEGIN { trace(curpsinfo->pr_pid); }");

	(void)state;
	assert_true(prov_match(c->probes, &all, resolve, c) > 500);
	done(c);
}

static void test_formats(void **state)
{
	static const struct {
		const char *text;
		enum format_kind kind;
		size_t before, length; /* of the text in front, of the conversion */
		unsigned flags;
		int width, precision;
		unsigned bytes;
	} rows[] = {
		{ "", FORMAT_END, 0, 0, 0, -1, -1, 0 },
		{ "abc", FORMAT_END, 3, 0, 0, -1, -1, 0 },
		{ "%%", FORMAT_PERCENT, 0, 2, 0, -1, -1, 0 },
		{ "a %d", FORMAT_SIGNED, 2, 2, 0, -1, -1, 0 },
		{ "%-5d", FORMAT_SIGNED, 0, 4, FORMAT_LEFT, 5, -1, 0 },
		{ "%05.3lld", FORMAT_SIGNED, 0, 8, FORMAT_ZERO, 5, 3, 8 },
		{ "%hhu", FORMAT_UNSIGNED, 0, 4, 0, -1, -1, 1 },
		{ "%#hx", FORMAT_UNSIGNED, 0, 4, FORMAT_ALTERNATE, -1, -1, 2 },
		{ "%+ i", FORMAT_SIGNED, 0, 4, FORMAT_PLUS | FORMAT_SPACE, -1, -1, 0 },
		{ "%'d", FORMAT_SIGNED, 0, 3, FORMAT_GROUP, -1, -1, 0 },
		{ "%?x", FORMAT_UNSIGNED, 0, 3, FORMAT_SIZE, -1, -1, 0 },
		{ "%@d", FORMAT_SIGNED, 0, 3, FORMAT_AGG, -1, -1, 0 },
		{ "%-10@u", FORMAT_UNSIGNED, 0, 6, FORMAT_AGG | FORMAT_LEFT, 10, -1, 0 },
		{ "%.s", FORMAT_STRING, 0, 3, 0, -1, 0, 0 },
		{ "%20.10s", FORMAT_STRING, 0, 7, 0, 20, 10, 0 },
		{ "%ws", FORMAT_STRING, 0, 3, 0, -1, -1, 0 },
		{ "%wc", FORMAT_CHAR, 0, 3, 0, -1, -1, 0 },
		{ "%Lf", FORMAT_FLOAT, 0, 3, 0, -1, -1, 0 },
		{ "%p", FORMAT_POINTER, 0, 2, 0, -1, -1, 0 },
		{ "%A", FORMAT_ADDRESS, 0, 2, 0, -1, -1, 0 },
		{ "%k", FORMAT_STACK, 0, 2, 0, -1, -1, 0 },
		{ "%Y", FORMAT_TIME, 0, 2, 0, -1, -1, 0 },
	};
	static const char *const wrong[] = {
		"%",   "abc%", "%5",	"%-",	"%.",	  "%l",	     "%q",
		"%hs", "%Ld",  "%hhhd", "%lx%", "%4097d", "%.4097d", "%99999999999999999999d",
		"%wd", "%$",   "%\n",
	};
	char why[160];

	(void)state;
	for (size_t i = 0; i < countof(rows); i++) {
		const char *p = rows[i].text, *end = p + strlen(p);
		struct format_conv c;

		assert_true(format_next(&c, &p, end, why, sizeof(why)));
		if (c.kind != rows[i].kind || c.text_len != rows[i].before || c.spec_len != rows[i].length ||
		    c.flags != rows[i].flags || c.width != rows[i].width || c.precision != rows[i].precision ||
		    format_bytes(&c) != rows[i].bytes)
			fail_msg("%s: kind %d, %zu before, %zu long, flags %u, width %d, precision %d, %u bytes",
				 rows[i].text, c.kind, c.text_len, c.spec_len, c.flags, c.width, c.precision,
				 format_bytes(&c));
		assert_true(p == end);
	}
	for (size_t i = 0; i < countof(wrong); i++) {
		const char *p = wrong[i], *end = p + strlen(p);
		struct format_conv c = { 0 };
		bool ok = true;

		why[0] = '\0';
		do
			ok = format_next(&c, &p, end, why, sizeof(why));
		while (ok && c.kind != FORMAT_END);
		if (ok || !why[0])
			fail_msg("%s is taken for a format", wrong[i]);
	}
}

/* A long script costs what it is long: 20000 clauses with a variable each. */
static void test_size(void **state)
{
	char *text = malloc(20000 * 48), *p = text;
	struct checked *c;

	(void)state;
	assert_non_null(text);
	for (int i = 0; i < 20000; i++)
		p += sprintf(p, "BEGIN { v%d = %d; trace(v%d + 1); }\n", i, i, i);
	c = check(text);
	assert_int_equal(c->l.sym.nvars, 20000);
	assert_int_equal(c->l.matched, 20000);
	done(c);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_types),	  cmocka_unit_test(test_inferred), cmocka_unit_test(test_constants),
		cmocka_unit_test(test_overflow),  cmocka_unit_test(test_layout),   cmocka_unit_test(test_bits),
		cmocka_unit_test(test_names),	  cmocka_unit_test(test_tree),	   cmocka_unit_test(test_tables),
		cmocka_unit_test(test_provider_types), cmocka_unit_test(test_formats),
		cmocka_unit_test(test_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
