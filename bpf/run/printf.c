/* SPDX-License-Identifier: GPL-2.0-only
 * printf and its like (the guide's chapter "Output Formatting"): the format with the values of a record. What differs
 * from C: sizes come from the values, %d of an unsigned value is unsigned, %s is safe, and %a %A %C %k %p %S %T %Y are
 * D's own.
 */
#include "out.h"

#include "bpf/lang/format.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

struct state {
	const struct out *o;
	struct rec_values *values;
	const struct agg_entry *const *entries;
	uint32_t nentries, entry;
};

/* "%#0*.*ll" and a letter: the C format of a conversion. precision < 0 counts as none in C, too. */
static void c_format(char *buf, const struct format_conv *c, const char *length, char letter)
{
	*buf++ = '%';
	if (c->flags & FORMAT_ALTERNATE)
		*buf++ = '#';
	if (c->flags & FORMAT_ZERO)
		*buf++ = '0';
	if (c->flags & FORMAT_LEFT)
		*buf++ = '-';
	if (c->flags & FORMAT_PLUS)
		*buf++ = '+';
	if (c->flags & FORMAT_SPACE)
		*buf++ = ' ';
	*buf++ = '*';
	*buf++ = '.';
	*buf++ = '*';
	while (*length)
		*buf++ = *length++;
	*buf++ = letter;
	*buf = '\0';
}

static int64_t narrow(int64_t i, unsigned bytes, bool is_signed)
{
	switch (bytes) {
	case 1:
		return is_signed ? (int64_t)(int8_t)i : (int64_t)(uint8_t)i;
	case 2:
		return is_signed ? (int64_t)(int16_t)i : (int64_t)(uint16_t)i;
	case 4:
		return is_signed ? (int64_t)(int32_t)i : (int64_t)(uint32_t)i;
	default:
		return i;
	}
}

/* Columns with the sign that stands for "to the left". */
static int column(const struct format_conv *c)
{
	int width = c->width < 0 ? 0 : c->width;

	return c->flags & FORMAT_LEFT ? -width : width;
}

static void integer(const struct out *o, const struct format_conv *c, int64_t i, unsigned bytes, bool is_signed)
{
	char format[24], letter = c->letter;
	unsigned asked = format_bytes(c);

	if (c->kind == FORMAT_SIGNED) {
		letter = is_signed ? 'd' : 'u';
	} else {
		if (c->kind == FORMAT_POINTER)
			letter = 'x';
		is_signed = false;
	}
	c_format(format, c, "ll", letter);
	if (asked && asked < bytes)
		bytes = asked;
	fprintf(o->fp, format, c->width < 0 ? 0 : c->width, c->precision, (long long)narrow(i, bytes, is_signed));
}

static void number(const struct out *o, const struct format_conv *c, const struct rec_value *v)
{
	const unsigned char *p = v->type.kind == IR_INT ? (const unsigned char *)&v->i : v->p;
	uint32_t size = v->type.kind == IR_INT ? v->type.size : v->len;
	char format[24];
	long double wide = 0;
	double d = 0;
	float f = 0;

	if (size == sizeof wide && sizeof wide > sizeof d) {
		memcpy(&wide, p, sizeof wide);
		c_format(format, c, "L", c->letter);
		fprintf(o->fp, format, c->width < 0 ? 0 : c->width, c->precision, wide);
		return;
	}
	if (size == sizeof f) {
		memcpy(&f, p, sizeof f);
		d = (double)f;
	} else if (size == sizeof d) {
		memcpy(&d, p, sizeof d);
	}
	c_format(format, c, "", c->letter);
	fprintf(o->fp, format, c->width < 0 ? 0 : c->width, c->precision, d);
}

static size_t utf8(uint32_t c, unsigned char *buf)
{
	if (c < 0x80) {
		buf[0] = (unsigned char)c;
		return 1;
	}
	if (c < 0x800) {
		buf[0] = (unsigned char)(0xc0 | c >> 6);
		buf[1] = (unsigned char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		buf[0] = (unsigned char)(0xe0 | c >> 12);
		buf[1] = (unsigned char)(0x80 | (c >> 6 & 0x3f));
		buf[2] = (unsigned char)(0x80 | (c & 0x3f));
		return 3;
	}
	buf[0] = (unsigned char)(0xf0 | (c >> 18 & 7));
	buf[1] = (unsigned char)(0x80 | (c >> 12 & 0x3f));
	buf[2] = (unsigned char)(0x80 | (c >> 6 & 0x3f));
	buf[3] = (unsigned char)(0x80 | (c & 0x3f));
	return 4;
}

static void character(const struct out *o, const struct format_conv *c, int64_t i)
{
	unsigned char buf[4] = { (unsigned char)i };
	size_t n = c->size[0] == 'w' ? utf8((uint32_t)i, buf) : 1;

	if (c->letter == 'C') {
		out_escaped(o, buf, n, true, column(c), -1);
		return;
	}
	/* A program that prints a line end or a tab by its number means it; other control characters are made safe. */
	if (buf[0] == '\n' || buf[0] == '\t' || buf[0] == '\0') {
		fprintf(o->fp, "%*c", column(c), buf[0]);
		return;
	}
	out_string(o, buf, n, column(c), -1);
}

static void string(const struct out *o, const struct format_conv *c, const struct rec_value *v)
{
	if (c->letter == 'S')
		out_escaped(o, v->p, v->len, false, column(c), c->precision);
	else
		out_string(o, v->p, v->len, column(c), c->precision);
}

static void date(const struct out *o, const struct format_conv *c, int64_t ns)
{
	time_t seconds = (time_t)(ns / 1000000000 - (ns % 1000000000 < 0));
	struct tm tm;
	char text[64] = "";

	if (localtime_r(&seconds, &tm))
		strftime(text, sizeof text, c->letter == 'T' ? "%a, %d %b %Y %T %z" : "%Y %b %e %T", &tm);
	fprintf(o->fp, "%*.*s", column(c), c->precision, text);
}

static void aggregation(struct state *s, struct format_conv *c)
{
	const struct agg_entry *e = s->entries[s->entry];
	const struct out *o = s->o;

	if (c->kind != FORMAT_SIGNED && c->kind != FORMAT_UNSIGNED && c->kind != FORMAT_POINTER) {
		c->kind = FORMAT_SIGNED; /* the format is not trusted either: %@s must not reach printf as %lls */
		c->letter = 'd';
	}
	if (s->entry + 1 < s->nentries)
		s->entry++;
	if (!e)
		integer(o, c, 0, 8, true); /* a key that this one of several aggregations has not */
	else if (agg_buckets(&o->program->aggs[e->agg]))
		out_histogram(o, e);
	else
		integer(o, c, agg_number(o->aggs, e), 8, true);
}

/* A value that a conversion may have: what the compiler lets through, checked again as the bytes are not trusted. */
static bool fits(const struct format_conv *c, const struct rec_value *v)
{
	bool text = v->type.kind == IR_STRING || v->type.kind == IR_BYTES;

	switch (c->kind) {
	case FORMAT_STRING:
		return text || v->type.kind == IR_SYM;
	case FORMAT_FLOAT:
		return v->type.kind == IR_INT || v->type.kind == IR_BYTES;
	case FORMAT_STACK:
		return v->type.kind == IR_STACK;
	case FORMAT_ADDRESS:
	case FORMAT_POINTER:
		return v->type.kind == IR_INT || v->type.kind == IR_SYM;
	default:
		return v->type.kind == IR_INT;
	}
}

static void convert(const struct out *o, const struct format_conv *c, const struct rec_value *v)
{
	switch (c->kind) {
	case FORMAT_SIGNED:
	case FORMAT_UNSIGNED:
		integer(o, c, v->i, v->type.size, v->type.is_signed);
		return;
	case FORMAT_POINTER:
		integer(o, c, v->i, v->type.kind == IR_INT ? v->type.size : 8, false);
		return;
	case FORMAT_FLOAT:
		number(o, c, v);
		return;
	case FORMAT_CHAR:
		character(o, c, v->i);
		return;
	case FORMAT_STRING:
		if (v->type.kind == IR_SYM)
			out_symbol(o, v, column(c));
		else
			string(o, c, v);
		return;
	case FORMAT_ADDRESS:
		if (v->type.kind == IR_SYM)
			out_symbol(o, v, column(c));
		else
			out_address(o, (uint64_t)v->i, column(c));
		return;
	case FORMAT_STACK:
		out_stack(o, v, c->width < 0 ? 0 : c->width);
		return;
	case FORMAT_TIME:
		date(o, c, v->i);
		return;
	case FORMAT_PERCENT:
	case FORMAT_END:
		return;
	}
}

static bool dynamic(struct state *s, int *n)
{
	struct rec_value v;

	if (rec_value(s->values, &v) != 1 || v.type.kind != IR_INT)
		return false;
	/* Beyond the bound a width is a mistake; it must not fill the disk. */
	*n = v.i > FORMAT_WIDTH_MAX ? FORMAT_WIDTH_MAX : v.i < -FORMAT_WIDTH_MAX ? -FORMAT_WIDTH_MAX : (int)v.i;
	return true;
}

bool out_format(const struct out *o, const char *format, size_t len, struct rec_values *values,
		const struct agg_entry *const *entries, uint32_t n)
{
	struct state s = { o, values, entries, n, 0 };
	const char *end = format + len;
	char why[128];

	for (;;) {
		struct format_conv c;
		struct rec_value v;

		if (!format_next(&c, &format, end, why, sizeof why))
			return false;
		fwrite(c.text, 1, c.text_len, o->fp);
		if (c.kind == FORMAT_END)
			return true;
		if (c.kind == FORMAT_PERCENT) {
			putc('%', o->fp);
			continue;
		}
		if (c.flags & FORMAT_SIZE)
			c.width = 16;
		if (c.dyn_width && !dynamic(&s, &c.width))
			return false;
		if (c.dyn_width && c.width < 0) {
			c.flags |= FORMAT_LEFT;
			c.width = -c.width;
		}
		if (c.dyn_precision && !dynamic(&s, &c.precision))
			return false;
		if (c.flags & FORMAT_AGG) {
			if (!n)
				return false;
			aggregation(&s, &c);
			continue;
		}
		if (rec_value(values, &v) != 1 || !fits(&c, &v))
			return false;
		convert(o, &c, &v);
	}
}
