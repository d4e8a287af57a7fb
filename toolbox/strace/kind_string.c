/* SPDX-License-Identifier: GPL-2.0-only
 * Strings, paths, buffers, vectors of buffers, and the argument vectors of execve(2).
 */
#include "kinds.h"

#include <inttypes.h>
#include <string.h>

bool kind_str(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	print_string(c, arg_ulong(c, arg));
	return true;
}

bool kind_path(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	print_path(c, arg_ulong(c, arg));
	return true;
}

/* A path that the call fills in (getcwd). */
bool kind_opath(struct call *c, unsigned arg, uint16_t param)
{
	bool done;

	(void)param;
	if (!filled_in(c, arg, &done))
		return done;
	print_path(c, arg_ulong(c, arg));
	return true;
}

bool kind_buf(struct call *c, unsigned arg, uint16_t param)
{
	print_buffer(c, arg_ulong(c, arg), arg_length(c, param));
	return true;
}

bool kind_obuf(struct call *c, unsigned arg, uint16_t param)
{
	bool done;

	if (!filled_in(c, arg, &done))
		return done;
	print_buffer(c, arg_ulong(c, arg), arg_length(c, param));
	return true;
}

/* --- iovec --- */

struct iovec_ctx {
	uint64_t left; /* of what the call transferred; IOVEC_ALL: all of each */
};

static bool print_iovec_element(struct call *c, const void *element, void *ctx)
{
	struct iovec_ctx *x = ctx;
	uint64_t base, len, shown;

	if (word_size(c) == 4) {
		const uint32_t *v = element;

		base = v[0];
		len = v[1];
	} else {
		const uint64_t *v = element;

		base = v[0];
		len = v[1];
	}
	shown = len < x->left ? len : x->left;
	if (x->left != IOVEC_ALL)
		x->left -= shown;
	out_puts(c->out, "{iov_base=");
	print_buffer(c, base, shown);
	out_printf(c->out, ", iov_len=%" PRIu64 "}", len);
	return true;
}

void print_iovec(struct call *c, uint64_t addr, uint64_t n, uint64_t transferred)
{
	struct iovec_ctx x = { transferred };

	print_array(c, addr, n, 2 * word_size(c), true, print_iovec_element, &x);
}

bool kind_iovec(struct call *c, unsigned arg, uint16_t param)
{
	print_iovec(c, arg_ulong(c, arg), arg_length(c, param), IOVEC_ALL);
	return true;
}

bool kind_oiovec(struct call *c, unsigned arg, uint16_t param)
{
	if (!c->exiting)
		return false;
	if (c->error)
		print_iovec_addrs(c, arg_ulong(c, arg), arg_length(c, param));
	else
		print_iovec(c, arg_ulong(c, arg), arg_length(c, param), (uint64_t)c->ret);
	return true;
}

/* --- execve --- */

/* The kernel takes far more, but no reader does; a list without an end must have one. */
enum { STRINGS_MAX = 65536 };

/* The pointers are read in pieces that end with a page. */
struct words {
	unsigned char data[4096];
	uint64_t at;
	size_t have, next;
};

static bool next_word(const struct call *c, struct words *w, uint64_t *value)
{
	size_t size = word_size(c);

	if (w->next == w->have) {
		size_t want = sizeof(w->data) - w->at % sizeof(w->data);
		ssize_t got;

		if (want % size)
			want = size;
		got = c->mem->read(c->mem->ctx, w->at, w->data, want);
		if (got < (ssize_t)size)
			return false;
		w->have = (size_t)got / size;
		w->at += w->have * size;
		w->next = 0;
	}
	*value = 0;
	memcpy(value, w->data + size * w->next++, size);
	return true;
}

bool kind_argv(struct call *c, unsigned arg, uint16_t param)
{
	struct words w = { .at = arg_ulong(c, arg) };
	size_t max = call_abbrev(c) ? c->opt->string_limit : STRINGS_MAX;
	uint64_t word;

	(void)param;
	if (!w.at || !call_verbose(c)) {
		print_addr(c, w.at);
		return true;
	}
	if (max > STRINGS_MAX)
		max = STRINGS_MAX;
	for (size_t n = 0;; n++) {
		if (!next_word(c, &w, &word)) {
			if (!n) {
				print_addr(c, arg_ulong(c, arg));
				return true;
			}
			out_printf(c->out, ", ... /* %#" PRIx64 " */]",
				   arg_ulong(c, arg) + n * word_size(c));
			return true;
		}
		if (!word) {
			out_puts(c->out, n ? "]" : "[]");
			return true;
		}
		out_puts(c->out, n ? ", " : "[");
		if (n >= max) {
			out_puts(c->out, "...]");
			return true;
		}
		print_string(c, word);
	}
}

/* The environment is long and dull: its size, unless asked for with -v. */
bool kind_envp(struct call *c, unsigned arg, uint16_t param)
{
	struct words w = { .at = arg_ulong(c, arg) };
	uint64_t word;
	size_t n = 0;
	bool whole = true;

	if (!call_abbrev(c) || !w.at || !call_verbose(c))
		return kind_argv(c, arg, param);
	print_addr(c, w.at);
	while ((whole = next_word(c, &w, &word)) && word && n < STRINGS_MAX)
		n++;
	if (whole || n)
		out_printf(c->out, " /* %zu var%s%s */", n, n == 1 ? "" : "s",
			   whole ? "" : ", unterminated");
	return true;
}
