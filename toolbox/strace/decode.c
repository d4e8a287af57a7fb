/* SPDX-License-Identifier: GPL-2.0-only
 * Rows by number, the walk over a row's arguments at entry and exit, and the result.
 */
#include "tables.h"

#include "toolbox/lib/base.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

/* --- rows --- */

/* Rows of numbers that the table lacks. The last is shared by all that come later. */
enum { UNKNOWN_MAX = 256 };
static struct unknown {
	uint64_t nr;
	enum abi abi;
	char name[sizeof("syscall_0x") + 16];
	struct call_row row;
} * unknown[UNKNOWN_MAX];
static size_t n_unknown;

static const struct call_row *unknown_row(enum abi abi, uint64_t nr)
{
	static struct call_row other = { .name = "syscall_other", .ret = RET_HEX };
	struct call_row *row = &other;
	struct unknown *u;

	for (size_t i = 0; i < n_unknown; i++)
		if (unknown[i]->nr == nr && unknown[i]->abi == abi)
			return &unknown[i]->row;
	if (n_unknown < UNKNOWN_MAX - 1 && (u = calloc(1, sizeof(*u)))) {
		u->nr = nr;
		u->abi = abi;
		snprintf(u->name, sizeof(u->name), "syscall_%#" PRIx64, nr);
		u->row.name = u->name;
		u->row.ret = RET_HEX;
		u->row.index = (uint16_t)(tables_n_names + n_unknown);
		unknown[n_unknown++] = u;
		row = &u->row;
	} else {
		other.index = (uint16_t)(tables_n_names + UNKNOWN_MAX - 1);
	}
	row->n_args = countof(row->args);
	for (size_t i = 0; i < countof(row->args); i++)
		row->args[i].kind = KIND_HEX;
	return row;
}

const struct call_row *decode_row(enum abi abi, uint64_t nr)
{
	const struct call_row *row;

	if (abi == ABI_I386)
		nr &= UINT32_MAX;
	row = nr < tables_n_numbers[abi] ? tables_by_number[abi][nr] : NULL;
	return row ? row : unknown_row(abi, nr);
}

const struct call_row *const *decode_rows(enum abi abi, size_t *n)
{
	*n = tables_n_numbers[abi];
	return tables_by_number[abi];
}

static int compare_name(const void *name, const void *row)
{
	return strcmp(name, (*(const struct call_row *const *)row)->name);
}

int decode_find(const char *name)
{
	const struct call_row *const *row =
		bsearch(name, tables_names, tables_n_names, sizeof(row), compare_name);

	return row ? (*row)->index : -1;
}

size_t decode_row_count(void)
{
	return tables_n_names + UNKNOWN_MAX;
}

uint64_t decode_class(const char *word)
{
	/* strace's names for its two sums of classes, and the one that it lets people shorten. */
	if (!strcmp(word, "%stat"))
		word = "stat_like";
	else if (!strcmp(word, "%statfs"))
		word = "statfs_like";
	else if (!strcmp(word, "net"))
		word = "network";
	for (size_t i = 0; i < tables_n_classes; i++)
		if (!strcmp(tables_classes[i], word))
			return 1ull << i;
	return 0;
}

/* --- arguments --- */

/* Prints arguments from c->next on, until one has to wait. */
static bool walk(struct call *c, bool comma)
{
	const struct call_row *row = c->row;
	bool raw = c->opt->raw_rows && c->opt->raw_rows[row->index];

	for (; c->next < row->n_args; c->next++) {
		const struct call_arg *arg = &row->args[c->next];
		size_t before = c->out->len, after;

		if (comma)
			out_puts(c->out, ", ");
		after = c->out->len;
		if (raw)
			out_hexnum(c->out, arg_ulong(c, c->next));
		else if (!kinds_table[arg->kind](c, c->next, arg->param))
			return false;
		if (c->out->len == after)
			out_cut(c->out, before);
		else
			comma = true;
	}
	return true;
}

void decode_entry(struct call *c)
{
	c->next = 0;
	c->exiting = false;
	c->ret_text = NULL;
	memset(c->keep, 0, sizeof(c->keep));
	/* The row that strange numbers share has no name to show. */
	if (c->row->index == tables_n_names + UNKNOWN_MAX - 1) {
		out_printf(c->out, "syscall_%#" PRIx64 "(", c->nr);
	} else {
		out_puts(c->out, c->row->name);
		out_putc(c->out, '(');
	}
	walk(c, false);
}

void decode_exit(struct call *c)
{
	c->exiting = true;
	decode_unwrap_exit(c);
	if (c->next < c->row->n_args) {
		const struct call_arg *arg = &c->row->args[c->next];

		/* It waited, with its comma and perhaps its first half printed. */
		kinds_table[arg->kind](c, c->next, arg->param);
		c->next++;
		walk(c, true);
	}
	out_putc(c->out, ')');
}

/* --- result --- */

static size_t error_index(int err)
{
	const struct flags *f = &flags_table[FLAGS_ERRNO];
	size_t low = 0, high = f->n;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (f->v[mid].value < (uint64_t)err)
			low = mid + 1;
		else
			high = mid;
	}
	return err > 0 && low < f->n && f->v[low].value == (uint64_t)err ? low : f->n;
}

const char *decode_errno_name(int err)
{
	size_t i = error_index(err);

	return i < flags_table[FLAGS_ERRNO].n ? flags_table[FLAGS_ERRNO].v[i].name : NULL;
}

const char *decode_errno_text(int err)
{
	size_t i = error_index(err);

	return i < flags_table[FLAGS_ERRNO].n ? tables_error_text[i] : NULL;
}

int decode_errno_number(const char *name)
{
	const struct flags *f = &flags_table[FLAGS_ERRNO];

	for (size_t i = 0; i < f->n; i++)
		if (!strcasecmp(f->v[i].name, name))
			return (int)f->v[i].value;
	return 0;
}

enum { ERESTARTSYS = 512, ERESTARTNOINTR, ERESTARTNOHAND, ERESTART_RESTARTBLOCK = 516 };

static void print_error(struct call *c, int64_t err)
{
	const char *name = err < 4096 ? decode_errno_name((int)err) : NULL;
	const char *text = err < 4096 ? decode_errno_text((int)err) : NULL;
	/* The kernel's own: the tracee sees EINTR, or the call again. */
	bool restart =
		(err >= ERESTARTSYS && err <= ERESTARTNOHAND) || err == ERESTART_RESTARTBLOCK;

	if (!name) {
		out_printf(c->out, "-1 (errno %" PRId64 ")", err);
		return;
	}
	out_printf(c->out, "%s %s", restart ? "?" : "-1", name);
	if (text && *text)
		out_printf(c->out, " (%s)", text);
}

static void print_time(struct call *c)
{
	time_t t = (time_t)c->ret;
	struct tm tm;
	char buf[64];

	out_dec(c->out, c->ret);
	if (c->ret && localtime_r(&t, &tm) &&
	    strftime(buf, sizeof(buf), "%Y-%m-%dT%H:%M:%S%z", &tm))
		out_printf(c->out, " (%s)", buf);
}

static void print_value(struct call *c)
{
	/* What a 32-bit register holds. */
	int64_t value = c->abi == ABI_I386 ? (int32_t)(uint32_t)c->ret : c->ret;
	uint64_t bits = c->abi == ABI_I386 ? (uint32_t)c->ret : (uint64_t)c->ret;

	switch ((enum ret_kind)c->row->ret) {
	case RET_HEX:
		out_hexnum(c->out, bits);
		break;
	case RET_OCT:
		out_printf(c->out, "%#03" PRIo64, bits);
		break;
	case RET_DEC:
	case RET_NONE:
	case RET_UNSIGNED:
		/* strace as well shows what is no error as a number without a sign. */
		out_udec(c->out, bits);
		break;
	case RET_FD:
		print_fd(c, (int)value, false);
		break;
	case RET_PID:
		print_pid(c, (pid_t)value);
		break;
	case RET_TIME:
		print_time(c);
		break;
	case RET_SPECIAL:
		kinds_table[c->row->result](c, 0, 0);
		break;
	}
}

void decode_result(struct call *c)
{
	out_puts(c->out, "= ");
	if (c->error) {
		print_error(c, -c->ret);
		return;
	}
	if (c->opt->raw_rows && c->opt->raw_rows[c->row->index]) {
		out_hexnum(c->out, c->abi == ABI_I386 ? (uint32_t)c->ret : (uint64_t)c->ret);
		return;
	}
	print_value(c);
	if (c->row->result != KIND_NONE && c->row->ret != RET_SPECIAL) {
		size_t before = c->out->len, inside;

		out_puts(c->out, " (");
		inside = c->out->len;
		kinds_table[c->row->result](c, 0, 0);
		if (c->out->len == inside)
			out_cut(c->out, before);
		else
			out_putc(c->out, ')');
	}
	if (c->ret_text)
		out_printf(c->out, " (%s)", c->ret_text);
}
