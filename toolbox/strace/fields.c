/* SPDX-License-Identifier: GPL-2.0-only
 * Places and prints the members of structures; see fields.h.
 */
#include "fields.h"

#include <string.h>

static size_t type_size(const struct call *c, enum field_type type)
{
	switch (type) {
	case T_U8:
	case T_S8:
		return 1;
	case T_U16:
	case T_S16:
		return 2;
	case T_U32:
	case T_S32:
		return 4;
	case T_LONG:
	case T_ULONG:
	case T_PTR:
		return word_size(c);
	default:
		return 8;
	}
}

static bool is_signed(enum field_type type)
{
	return type == T_S8 || type == T_S16 || type == T_S32 || type == T_S64 || type == T_LONG;
}

static size_t round_up(size_t n, size_t align)
{
	return (n + align - 1) / align * align;
}

static size_t struct_align(const struct call *c, const struct field *f);

static size_t member_align(const struct call *c, const struct field *f)
{
	size_t size;

	if (f->type == T_STRUCT || f->type == T_UNION)
		return struct_align(c, f->sub);
	size = type_size(c, f->type);
	return size == 8 && c->abi == ABI_I386 && f->type != T_A64 ? 4 : size;
}

static size_t struct_align(const struct call *c, const struct field *f)
{
	size_t align = 1;

	for (; f->type != T_END; f++) {
		if (member_align(c, f) > align)
			align = member_align(c, f);
	}
	return align;
}

static size_t element_size(const struct call *c, const struct field *f)
{
	size_t max = 0;

	if (f->type == T_STRUCT)
		return fields_size(c, f->sub);
	if (f->type != T_UNION)
		return type_size(c, f->type);
	for (const struct field *m = f->sub; m->type != T_END; m++) {
		size_t n = element_size(c, m) * (m->count ? m->count : 1);

		max = n > max ? n : max;
	}
	return round_up(max, struct_align(c, f->sub));
}

/* Moves *at over the member and returns where it begins. */
static size_t place(const struct call *c, const struct field *f, size_t *at)
{
	size_t start = round_up(*at, member_align(c, f));

	*at = start + element_size(c, f) * (f->count ? f->count : 1);
	return start;
}

size_t fields_size(const struct call *c, const struct field *f)
{
	size_t at = 0, align = struct_align(c, f);

	for (; f->type != T_END; f++)
		place(c, f, &at);
	return round_up(at, align);
}

size_t fields_offset(const struct call *c, const struct field *f, const char *name)
{
	size_t at = 0;

	for (; f->type != T_END; f++) {
		size_t start = place(c, f, &at);

		if (f->name && !strcmp(f->name, name))
			return start;
	}
	return at;
}

int64_t field_load(const struct call *c, enum field_type type, const void *p)
{
	uint64_t v = 0;
	size_t n = type_size(c, type);

	memcpy(&v, p, n); /* all three ABIs are little-endian */
	if (is_signed(type) && n < 8 && v >> (n * 8 - 1))
		v |= ~0ull << n * 8;
	return (int64_t)v;
}

int64_t fields_get(const struct call *c, const void *bytes, size_t n, const struct field *f,
		   const char *name)
{
	size_t at = 0;

	for (; f->type != T_END; f++) {
		size_t start = place(c, f, &at);

		if (at > n)
			return 0;
		if (f->name && !strcmp(f->name, name))
			return field_load(c, f->type, (const char *)bytes + start);
	}
	return 0;
}

static void print_value(struct call *c, const struct field *f, int64_t v)
{
	size_t n = type_size(c, f->type);

	switch ((enum field_form)f->form) {
	case F_HEX:
		if (n < 8)
			v &= (int64_t)((1ull << n * 8) - 1);
		out_hexnum(c->out, v);
		break;
	case F_OCT:
		out_printf(c->out, "%#llo", (unsigned long long)v);
		break;
	case F_FLAGS:
		if (n < 8)
			v &= (int64_t)((1ull << n * 8) - 1);
		print_flags(c, (uint64_t)v, f->param);
		break;
	case F_ENUM:
		if (n < 8)
			v &= (int64_t)((1ull << n * 8) - 1);
		print_enum(c, (uint64_t)v, f->param);
		break;
	case F_ENUM_DEC:
		if (n < 8)
			v &= (int64_t)((1ull << n * 8) - 1);
		print_enum_dec(c, (uint64_t)v, f->param);
		break;
	case F_FD:
		print_fd(c, (int)v, false);
		break;
	case F_DIRFD:
		print_fd(c, (int)v, true);
		break;
	case F_PID:
		print_pid(c, (pid_t)v);
		break;
	case F_ID:
		if ((uint32_t)v == UINT32_MAX)
			out_puts(c->out, "-1");
		else
			out_udec(c->out, (uint64_t)v);
		break;
	case F_SIGNAL:
		print_signal(c, (int)v);
		break;
	case F_ADDR:
		print_addr(c, (uint64_t)v);
		break;
	case F_STRING:
		print_string(c, (uint64_t)v);
		break;
	case F_PATH:
		print_path(c, (uint64_t)v);
		break;
	case F_DEV:
		print_dev(c, (uint64_t)v);
		break;
	case F_MODE:
		print_mode(c, (unsigned)v, true);
		break;
	case F_UMODE:
		print_mode(c, (unsigned)v, false);
		break;
	default:
		if (is_signed(f->type))
			out_dec(c->out, v);
		else
			out_udec(c->out, (uint64_t)v);
	}
}

static void print_chars(struct call *c, const struct field *f, const char *p)
{
	const char *end = memchr(p, '\0', f->count);

	/* As if the last byte were the NUL that is missing. */
	out_quoted(c->out, p, end ? (size_t)(end - p) : f->count - 1u, c->opt->hex, false);
	if (!end)
		out_puts(c->out, "...");
}

static void print_one(struct call *c, const struct field *f, const char *p)
{
	if (f->type == T_STRUCT)
		fields_print(c, p, fields_size(c, f->sub), f->sub);
	else
		print_value(c, f, field_load(c, f->type, p));
}

static void print_field(struct call *c, const struct field *f, const char *p, const void *all)
{
	size_t size = element_size(c, f);

	if (f->form == F_SHOW) {
		f->show(c, p, all);
	} else if (f->form == F_CHARS) {
		print_chars(c, f, p);
	} else if (f->form == F_BYTES) {
		out_quoted(c->out, p, f->count, OUT_HEX_ALL, false);
	} else if (!f->count) {
		print_one(c, f, p);
	} else {
		out_putc(c->out, '[');
		for (size_t i = 0; i < f->count; i++) {
			if (i)
				out_puts(c->out, ", ");
			print_one(c, f, p + i * size);
		}
		out_putc(c->out, ']');
	}
}

static bool all_zero(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (p[i])
			return false;
	}
	return true;
}

/* Whether the text so far wants a comma before another member. */
static void comma(struct call *c)
{
	const struct out *o = c->out;

	if (o->len && o->data[o->len - 1] != '{' && o->data[o->len - 1] != '[')
		out_puts(c->out, ", ");
}

void fields_members(struct call *c, const void *bytes, size_t n, const struct field *f)
{
	bool left_out = false;
	size_t at = 0, before, shown;

	for (; f->type != T_END; f++) {
		size_t start = place(c, f, &at);
		const char *p = (const char *)bytes + start;

		if (at > n)
			break;
		if (f->form == F_PAD)
			continue;
		if (f->when == NONZERO && all_zero(p, at - start))
			continue;
		if (f->when == VERBOSE && call_abbrev(c)) {
			left_out = true;
			continue;
		}
		before = c->out->len;
		comma(c);
		shown = c->out->len;
		if (f->name) {
			out_puts(c->out, f->name);
			out_putc(c->out, '=');
		}
		print_field(c, f, p, bytes);
		if (c->out->len == shown)
			out_cut(c->out, before);
	}
	if (left_out) {
		comma(c);
		out_puts(c->out, "...");
	}
}

void fields_print(struct call *c, const void *bytes, size_t n, const struct field *f)
{
	out_putc(c->out, '{');
	fields_members(c, bytes, n, f);
	out_putc(c->out, '}');
}

bool read_in(struct call *c, uint64_t addr, void *buf, size_t n)
{
	if (addr && call_verbose(c) && mem_read(c, addr, buf, n))
		return true;
	print_addr(c, addr);
	return false;
}

void fields_at(struct call *c, uint64_t addr, const struct field *f)
{
	char buf[FIELDS_MAX];
	size_t n = fields_size(c, f);

	if (n <= sizeof(buf) && read_in(c, addr, buf, n))
		fields_print(c, buf, n, f);
}

/* The kernel takes no longer structure than a page. */
enum { REST_MAX = 4096 };

void fields_rest(struct call *c, uint64_t addr, uint64_t known, uint64_t size)
{
	char rest[REST_MAX];
	size_t end = size < REST_MAX ? (size_t)size : REST_MAX, n, shown;

	if (end <= known)
		return;
	n = shown = end - (size_t)known;
	if (!mem_read(c, addr + known, rest, n)) {
		out_puts(c->out, ", ???");
		return;
	}
	if (all_zero(rest, n))
		return;
	if (call_abbrev(c) && shown > c->opt->string_limit)
		shown = c->opt->string_limit;
	out_printf(c->out, ", /* bytes %llu..%zu */ ", (unsigned long long)known, end - 1);
	out_quoted(c->out, rest, shown, OUT_HEX_ALL, false);
	if (shown < n)
		out_puts(c->out, "...");
}

void fields_sized(struct call *c, uint64_t addr, uint64_t size, size_t first, const struct field *f)
{
	char buf[FIELDS_MAX];
	size_t known = fields_size(c, f);
	size_t n = size < known ? size : known;

	if (size < first || known > sizeof(buf)) {
		print_addr(c, addr);
		return;
	}
	if (!read_in(c, addr, buf, n))
		return;
	out_putc(c->out, '{');
	fields_members(c, buf, n, f);
	fields_rest(c, addr, known, size);
	out_putc(c->out, '}');
}

bool fields_in(struct call *c, unsigned arg, const struct field *f)
{
	fields_at(c, arg_ulong(c, arg), f);
	return true;
}

bool fields_out(struct call *c, unsigned arg, const struct field *f)
{
	bool done;

	if (!filled_in(c, arg, &done))
		return done;
	fields_at(c, arg_ulong(c, arg), f);
	return true;
}

static bool array_element(struct call *c, const void *element, void *ctx)
{
	const struct field *f = ctx;

	fields_print(c, element, fields_size(c, f), f);
	return true;
}

void fields_array(struct call *c, uint64_t addr, uint64_t n, bool limited, const struct field *f)
{
	print_array(c, addr, n, fields_size(c, f), limited, array_element, (void *)(uintptr_t)f);
}
