/* SPDX-License-Identifier: GPL-2.0-only
 * print(): a value with its type, structs member by member, as the guide's "print" action shows them: integers in
 * hexadecimal, chars and char arrays as text, enumerators by name, pointers as addresses. Where the value was read from
 * is not shown: in D's scratch memory it says nothing.
 * Output is bounded by the option printsize: a union shows the same bytes more than once, and a type may nest deep.
 */
#include "out.h"

#include <inttypes.h>
#include <string.h>

struct walk {
	const struct out *o;
	const struct ir_program *p;
	long left; /* bytes that may still be printed, roughly: each value counts 16 */
	unsigned depth;
};

#define DEPTH_MAX 32
#define INDENT 4

static void print_type(struct walk *w, uint32_t type, const unsigned char *p, size_t n);

static void name(struct walk *w, uint32_t string)
{
	out_string(w->o, (const unsigned char *)w->p->strings[string].p, w->p->strings[string].len, 0, -1);
}

static uint64_t bits(const unsigned char *p, size_t n, unsigned from, unsigned width, bool is_signed)
{
	uint64_t value = 0;

	for (unsigned i = 0; i < width && (from + i) / 8 < n; i++)
		value |= (uint64_t)(p[(from + i) / 8] >> ((from + i) % 8) & 1) << i;
	if (is_signed && width && width < 64 && value >> (width - 1) & 1)
		value |= UINT64_MAX << width;
	return value;
}

static void print_char(struct walk *w, uint64_t value)
{
	unsigned char c = (unsigned char)value;

	putc('\'', w->o->fp);
	out_escaped(w->o, &c, 1, true, 0, -1);
	putc('\'', w->o->fp);
}

static void print_int(struct walk *w, const struct ir_ctype *t, uint64_t value, unsigned width)
{
	if (t->kind == IR_C_ENUM) {
		for (uint32_t i = 0; i < t->nmembers; i++) {
			const struct ir_cmember *m = &w->p->cmembers[t->members + i];

			if ((uint64_t)m->value == value || (uint32_t)m->value == (uint32_t)value) {
				name(w, m->name);
				return;
			}
		}
		fprintf(w->o->fp, "%" PRId64, (int64_t)value);
		return;
	}
	if (width < 64)
		value &= (UINT64_C(1) << width) - 1;
	if (t->kind == IR_C_INT && t->size == 1 && t->is_signed && width == 8)
		print_char(w, value);
	else if (t->kind == IR_C_POINTER && !value)
		fputs("NULL", w->o->fp);
	else
		fprintf(w->o->fp, "0x%" PRIx64, value);
}

static void print_float(struct walk *w, const unsigned char *p, size_t n)
{
	long double wide;
	double d;
	float f;

	if (n == sizeof f) {
		memcpy(&f, p, n);
		fprintf(w->o->fp, "%g", (double)f);
	} else if (n == sizeof d) {
		memcpy(&d, p, n);
		fprintf(w->o->fp, "%g", d);
	} else if (n == sizeof wide) {
		memcpy(&wide, p, n);
		fprintf(w->o->fp, "%Lg", wide);
	}
}

static void print_string(struct walk *w, const unsigned char *p, size_t n)
{
	putc('"', w->o->fp);
	out_escaped(w->o, p, n, false, 0, -1);
	putc('"', w->o->fp);
	w->left -= (long)n;
}

static void print_array(struct walk *w, const struct ir_ctype *t, const unsigned char *p, size_t n)
{
	const struct ir_ctype *of = &w->p->ctypes[t->base];
	bool nested = of->kind == IR_C_STRUCT || of->kind == IR_C_UNION || of->kind == IR_C_ARRAY;
	uint32_t shown = 0;

	if (of->kind == IR_C_INT && of->size == 1 && of->is_signed && out_is_text(p, strnlen((const char *)p, n))) {
		print_string(w, p, n);
		return;
	}
	fputs(nested ? "[\n" : "[ ", w->o->fp);
	w->depth++;
	for (uint32_t i = 0; i < t->count && w->left > 0 && (uint64_t)(i + 1) * of->size <= n; i++, shown++) {
		if (nested)
			fprintf(w->o->fp, "%*s", (int)w->depth * INDENT, "");
		else if (i)
			fputs(", ", w->o->fp);
		print_type(w, t->base, p + (uint64_t)i * of->size, of->size);
		if (nested)
			fputs(i + 1 < t->count ? ",\n" : "\n", w->o->fp);
	}
	w->depth--;
	if (shown < t->count && w->left > 0)
		fputs("...", w->o->fp);
	if (nested)
		fprintf(w->o->fp, "%*s]", (int)w->depth * INDENT, "");
	else
		fputs(" ]", w->o->fp);
}

static void print_member(struct walk *w, const struct ir_cmember *m, const unsigned char *p, size_t n)
{
	const struct ir_ctype *t = &w->p->ctypes[m->type];
	size_t offset = m->bit_offset / 8;

	fprintf(w->o->fp, "%*s", (int)w->depth * INDENT, "");
	name(w, t->name);
	putc(' ', w->o->fp);
	if (w->p->strings[m->name].len) {
		name(w, m->name);
		if (m->bit_width)
			fprintf(w->o->fp, " :%u", m->bit_width);
		fputs(" = ", w->o->fp);
	}
	if (m->bit_width) {
		w->left -= 16;
		print_int(w, t, bits(p, n, m->bit_offset, m->bit_width < 64 ? m->bit_width : 64, t->is_signed),
			  m->bit_width);
	} else if (offset <= n && t->size <= n - offset) {
		print_type(w, m->type, p + offset, t->size);
	}
	putc('\n', w->o->fp);
}

static void print_struct(struct walk *w, const struct ir_ctype *t, const unsigned char *p, size_t n)
{
	fputs("{\n", w->o->fp);
	w->depth++;
	for (uint32_t i = 0; i < t->nmembers && w->left > 0; i++)
		print_member(w, &w->p->cmembers[t->members + i], p, n);
	w->depth--;
	fprintf(w->o->fp, "%*s}", (int)w->depth * INDENT, "");
}

static void print_type(struct walk *w, uint32_t type, const unsigned char *p, size_t n)
{
	const struct ir_ctype *t = &w->p->ctypes[type];

	w->left -= 16;
	if (w->depth >= DEPTH_MAX || w->left <= 0) {
		w->left = 0;
		fputs("...", w->o->fp);
		return;
	}
	switch (t->kind) {
	case IR_C_INT:
	case IR_C_POINTER:
	case IR_C_ENUM:
		print_int(w, t, bits(p, n, 0, t->size < 8 ? t->size * 8 : 64, t->is_signed),
			  t->size < 8 ? t->size * 8 : 64);
		break;
	case IR_C_FLOAT:
		print_float(w, p, t->size <= n ? t->size : 0);
		break;
	case IR_C_STRING:
		print_string(w, p, n);
		break;
	case IR_C_ARRAY:
		print_array(w, t, p, n);
		break;
	case IR_C_STRUCT:
	case IR_C_UNION:
		print_struct(w, t, p, n);
		break;
	case IR_C_NONE:
		fputs("?", w->o->fp);
		break;
	}
}

bool out_ctype(const struct out *o, uint32_t ctype, const unsigned char *p, size_t n)
{
	struct walk w = { .o = o, .p = o->program, .left = (long)o->options->value[OPT_PRINTSIZE] };

	if (ctype == 0 || ctype >= o->program->nctypes)
		return false;
	name(&w, o->program->ctypes[ctype].name);
	putc(' ', o->fp);
	print_type(&w, ctype, p, n);
	return true;
}
