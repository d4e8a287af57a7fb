/* SPDX-License-Identifier: GPL-2.0-only
 * What printers of arguments are made of: addresses, names of values, descriptors, strings, arrays.
 * The forms are strace's (strace(1), and what strace 6.1 prints).
 */
#include "kinds.h"

#include "toolbox/lib/base.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

/* Strings up to SMALL bytes are read into the stack; -s may ask for more. No call takes ARRAY_MAX
 * elements, nor IOV_MAX of arrays within arrays: a hostile count must not keep us busy. */
enum { SMALL = 4096, LIMIT_MAX = 16 << 20, ARRAY_MAX = 65536, INNER_MAX = IOV_MAX };

void print_addr(struct call *c, uint64_t addr)
{
	if (!addr)
		out_puts(c->out, "NULL");
	else
		out_hexnum(c->out, addr);
}

void print_member(struct call *c, const char *name)
{
	struct out *o = c->out;
	char last = o->len ? o->data[o->len - 1] : '(';

	if (last != '{' && last != '[' && last != '(')
		out_puts(o, ", ");
	out_puts(o, name);
	out_putc(o, '=');
}

const struct flags *flags_of(const struct call *c, uint16_t flags_id)
{
	const struct flags *f = &flags_table[flags_id];

	return f->variant[c->abi] == FLAGS_NONE ? f : &flags_table[f->variant[c->abi]];
}

static const char *name_in(const struct flags *f, uint64_t value)
{
	size_t low = 0, high = f->n;

	if (!f->rising) {
		for (size_t i = 0; i < f->n; i++)
			if (f->v[i].value == value)
				return f->v[i].name;
		return NULL;
	}
	/* The first of equals: the table's order says which name is the usual one. */
	while (low < high) {
		size_t mid = (low + high) / 2;

		if (f->v[mid].value < value)
			low = mid + 1;
		else
			high = mid;
	}
	return low < f->n && f->v[low].value == value ? f->v[low].name : NULL;
}

const char *flags_name(const struct call *c, uint64_t value, uint16_t flags_id)
{
	return name_in(flags_of(c, flags_id), value);
}

void print_named(struct call *c, const char *name, uint64_t value)
{
	if (c->opt->constants == CONST_ABBREV)
		out_puts(c->out, name);
	else if (c->opt->constants == CONST_RAW)
		out_hexnum(c->out, value);
	else
		out_printf(c->out, "%#llx /* %s */", (unsigned long long)value, name);
}

void print_named_dec(struct call *c, const char *name, int64_t value)
{
	if (c->opt->constants == CONST_ABBREV)
		out_puts(c->out, name);
	else if (c->opt->constants == CONST_RAW)
		out_printf(c->out, "%lld", (long long)value);
	else
		out_printf(c->out, "%lld /* %s */", (long long)value, name);
}

static void print_unknown(struct call *c, const struct flags *f, uint64_t value)
{
	out_hexnum(c->out, value);
	if (f->unknown && c->opt->constants != CONST_RAW)
		out_printf(c->out, " /* %s */", f->unknown);
}

void print_enum(struct call *c, uint64_t value, uint16_t flags_id)
{
	const struct flags *f = flags_of(c, flags_id);
	const char *name = name_in(f, value);

	if (name)
		print_named(c, name, value);
	else
		print_unknown(c, f, value);
}

void print_enum_dec(struct call *c, uint64_t value, uint16_t flags_id)
{
	const struct flags *f = flags_of(c, flags_id);
	const char *name = name_in(f, value);

	if (name) {
		print_named_dec(c, name, (int64_t)value);
		return;
	}
	out_udec(c->out, value);
	if (f->unknown && c->opt->constants != CONST_RAW)
		out_printf(c->out, " /* %s */", f->unknown);
}

/* Names of bits with | between them, what has no name as a number; false, nothing printed, when
 * none has. */
static bool print_bits(struct call *c, uint64_t value, const struct flags *f, const char *sep)
{
	uint64_t rest = value;

	for (size_t i = 0; i < f->n && rest; i++) {
		uint64_t bits = f->v[i].value;

		if (!bits || (rest & bits) != bits)
			continue;
		out_puts(c->out, sep);
		out_puts(c->out, f->v[i].name);
		sep = "|";
		rest &= ~bits;
	}
	if (rest == value)
		return false;
	if (rest)
		out_printf(c->out, "|%#llx", (unsigned long long)rest);
	return true;
}

void print_flags(struct call *c, uint64_t value, uint16_t flags_id)
{
	const struct flags *f = flags_of(c, flags_id);
	const char *zero = value ? NULL : name_in(f, 0);
	size_t start = c->out->len;

	if (zero) {
		print_named(c, zero, 0);
		return;
	}
	if (!value || c->opt->constants == CONST_RAW) {
		out_hexnum(c->out, value);
		return;
	}
	if (c->opt->constants == CONST_VERBOSE)
		out_printf(c->out, "%#llx /* ", (unsigned long long)value);
	if (!print_bits(c, value, f, "")) {
		out_cut(c->out, start);
		print_unknown(c, f, value);
		return;
	}
	if (c->opt->constants == CONST_VERBOSE)
		out_puts(c->out, " */");
}

bool names_begin(struct call *c, struct names *n, uint64_t value)
{
	n->outer = c->opt;
	if (c->opt->constants != CONST_ABBREV)
		out_hexnum(c->out, value);
	if (c->opt->constants == CONST_RAW)
		return false;
	if (c->opt->constants == CONST_VERBOSE) {
		out_puts(c->out, " /* ");
		n->inner = *c->opt;
		n->inner.constants = CONST_ABBREV;
		c->opt = &n->inner;
	}
	return true;
}

void names_end(struct call *c, const struct names *n)
{
	c->opt = n->outer;
	if (c->opt->constants == CONST_VERBOSE)
		out_puts(c->out, " */");
}

void print_open_flags(struct call *c, uint64_t flags)
{
	/* Not O_ACCMODE, to which musl adds O_PATH. */
	enum { ACCESS = 3 };
	const char *mode = flags_name(c, flags & ACCESS, FLAGS_OPEN_ACCESS);

	if (c->opt->constants == CONST_RAW) {
		out_hexnum(c->out, flags);
		return;
	}
	if (c->opt->constants == CONST_VERBOSE)
		out_printf(c->out, "%#llx /* ", (unsigned long long)flags);
	out_puts(c->out, mode ? mode : "O_ACCMODE");
	flags &= ~(uint64_t)ACCESS;
	if (flags && !print_bits(c, flags, flags_of(c, FLAGS_OPEN), "|"))
		out_printf(c->out, "|%#llx", (unsigned long long)flags);
	if (c->opt->constants == CONST_VERBOSE)
		out_puts(c->out, " */");
}

void print_fd(struct call *c, int fd, bool at)
{
	if (at && fd == AT_FDCWD)
		print_named_dec(c, "AT_FDCWD", fd);
	else
		out_dec(c->out, fd);
	if (!c->lookup || !c->lookup->fd || (fd < 0 && !(at && fd == AT_FDCWD)))
		return;
	c->lookup->fd(c->lookup->ctx, c->tid, fd, c->out);
}

void print_pid(struct call *c, pid_t pid)
{
	size_t before;

	out_dec(c->out, pid);
	if (!c->lookup || !c->lookup->comm || pid <= 0)
		return;
	before = c->out->len;
	out_putc(c->out, '<');
	if (c->lookup->comm(c->lookup->ctx, pid, c->out))
		out_putc(c->out, '>');
	else
		out_cut(c->out, before);
}

void print_string(struct call *c, uint64_t addr)
{
	size_t limit = c->opt->string_limit < LIMIT_MAX ? c->opt->string_limit : LIMIT_MAX;
	char small[SMALL], *buf = small;
	bool cut;
	ssize_t n;

	if (!addr) {
		out_puts(c->out, "NULL");
		return;
	}
	/* One more than is shown, to know whether it ends there. */
	if (limit + 2 > sizeof(small) && !(buf = malloc(limit + 2))) {
		c->out->failed = true;
		return;
	}
	n = mem_string(c, addr, buf, limit + 2, &cut);
	if (n < 0) {
		print_addr(c, addr);
	} else {
		out_quoted(c->out, buf, (size_t)n < limit ? (size_t)n : limit, c->opt->hex, false);
		if ((size_t)n > limit)
			out_puts(c->out, "...");
	}
	if (buf != small)
		free(buf);
}

void print_path(struct call *c, uint64_t addr)
{
	char buf[PATH_MAX + 1];
	bool cut;
	ssize_t n;

	if (!addr) {
		out_puts(c->out, "NULL");
		return;
	}
	n = mem_string(c, addr, buf, sizeof(buf), &cut);
	if (n < 0) {
		print_addr(c, addr);
		return;
	}
	if (n > PATH_MAX - 1)
		n = PATH_MAX - 1;
	out_quoted(c->out, buf, (size_t)n, c->opt->hex, false);
	if (cut)
		out_puts(c->out, "...");
}

void print_buffer(struct call *c, uint64_t addr, uint64_t n)
{
	size_t limit = c->opt->string_limit < LIMIT_MAX ? c->opt->string_limit : LIMIT_MAX;
	/* One more than is shown, as strace reads. */
	size_t take = n <= limit ? (size_t)n : limit + 1;
	char small[SMALL], *buf = small;

	if (!addr) {
		out_puts(c->out, "NULL");
		return;
	}
	if (take > sizeof(small) && !(buf = malloc(take))) {
		c->out->failed = true;
		return;
	}
	if (mem_read(c, addr, buf, take)) {
		out_quoted(c->out, buf, n <= limit ? take : limit, c->opt->hex, false);
		if (n > limit)
			out_puts(c->out, "...");
	} else {
		print_addr(c, addr);
	}
	if (buf != small)
		free(buf);
}

void print_mode(struct call *c, unsigned mode, bool with_type)
{
	static const struct {
		unsigned bit;
		const char *name;
	} bits[] = { { S_ISUID, "S_ISUID" }, { S_ISGID, "S_ISGID" }, { S_ISVTX, "S_ISVTX" } };
	const char *type = flags_name(c, mode & S_IFMT, FLAGS_FILE_TYPE);
	const char *sep = type ? "|" : "";
	struct out *o = c->out;

	/* A type that nobody knows makes all of it a number. */
	if (!with_type || c->opt->constants == CONST_RAW) {
		out_printf(o, "%#03o", mode);
		return;
	}
	if (!type && (mode & S_IFMT)) {
		out_printf(o, "%#03o", mode);
		return;
	}
	if (c->opt->constants == CONST_VERBOSE)
		out_printf(o, "%#03o /* ", mode);
	if (type)
		out_puts(o, type);
	for (size_t i = 0; i < countof(bits); i++) {
		if (!(mode & bits[i].bit))
			continue;
		out_printf(o, "%s%s", sep, bits[i].name);
		sep = "|";
	}
	if (type || sep[0])
		out_putc(o, '|');
	out_printf(o, "%#03o", mode & ~(unsigned)(S_IFMT | S_ISUID | S_ISGID | S_ISVTX));
	if (c->opt->constants == CONST_VERBOSE)
		out_puts(o, " */");
}

void print_dev(struct call *c, uint64_t dev)
{
	if (c->opt->constants == CONST_RAW) {
		out_hexnum(c->out, dev);
		return;
	}
	if (c->opt->constants == CONST_VERBOSE)
		out_printf(c->out, "%#llx /* ", (unsigned long long)dev);
	out_printf(c->out, "makedev(%#x, %#x)", major(dev), minor(dev));
	if (c->opt->constants == CONST_VERBOSE)
		out_puts(c->out, " */");
}

void print_array(struct call *c, uint64_t addr, uint64_t n, size_t size, bool limited,
		 bool (*one)(struct call *c, const void *element, void *ctx), void *ctx)
{
	_Alignas(16) char buf[SMALL];
	size_t fit = sizeof(buf) / size, have = 0, at = 0;
	uint64_t max = limited && call_abbrev(c) ? c->opt->string_limit : UINT64_MAX;

	/* A count that reaches beyond the address space is nonsense: strace as well shows no
	 * element then. */
	if (!addr || !call_verbose(c) || !fit || n > (UINT64_MAX - addr) / size) {
		print_addr(c, addr);
		return;
	}
	if (!n) {
		out_puts(c->out, "[]");
		return;
	}
	if (max > (c->depth ? INNER_MAX : ARRAY_MAX))
		max = c->depth ? INNER_MAX : ARRAY_MAX;
	c->depth++;
	for (uint64_t i = 0; i < n && !c->out->failed; i++) {
		if (i >= max) {
			out_puts(c->out, i ? ", ..." : "[...");
			/* As strace, which looks before it stops. */
			if (i && i < ARRAY_MAX && !mem_read(c, addr + i * size, buf, size))
				out_printf(c->out, " /* %#" PRIx64 " */", addr + (uint64_t)i * size);
			break;
		}
		if (at == have) {
			/* Whole pieces while they can be read, then element by element up to the
			 * hole. */
			have = (n < max ? n : max) - i < fit ? (size_t)((n < max ? n : max) - i)
							     : fit;
			at = 0;
			if (have > 1 && !mem_read(c, addr + i * size, buf, have * size))
				have = 1;
			if (have == 1 && !mem_read(c, addr + i * size, buf, size)) {
				if (!i) {
					c->depth--;
					print_addr(c, addr);
					return;
				}
				out_printf(c->out, ", ... /* %#" PRIx64 " */", addr + (uint64_t)i * size);
				break;
			}
		}
		out_puts(c->out, i ? ", " : "[");
		if (!one(c, buf + at++ * size, ctx))
			break;
	}
	c->depth--;
	out_putc(c->out, ']');
}
