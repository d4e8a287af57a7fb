/* SPDX-License-Identifier: GPL-2.0-only
 * The demanglers are GCC's (libiberty), which limit their recursion; here are the limits of length, which keep their work
 * and their stack small.
 */
#include "demangle.h"

#include <libiberty/demangle.h>
#include <stdlib.h>
#include <string.h>

struct target {
	char *buf;
	size_t size, len;
};

static void put(const char *text, size_t n, void *arg)
{
	struct target *t = arg;
	size_t room = t->size - 1 - t->len;

	n = n < room ? n : room;
	/* Pieces may be empty, and then have no address. */
	if (n == 0)
		return;
	memcpy(t->buf + t->len, text, n);
	t->len += n;
	t->buf[t->len] = '\0';
}

static void put_plain(struct target *t, const char *name, size_t len)
{
	t->len = 0;
	t->buf[0] = '\0';
	put(name, len, t);
}

void demangle(const char *name, char *buf, size_t size, int params)
{
	struct target t = { buf, size < DEMANGLE_OUT_MAX ? size : DEMANGLE_OUT_MAX, 0 };
	size_t len = strnlen(name, DEMANGLE_IN_MAX);
	const char *version = memchr(name, '@', len);
	char copy[DEMANGLE_IN_MAX + 1];
	int done = 0;

	if (size == 0)
		return;
	buf[0] = '\0';
	if (version && version != name)
		len = (size_t)(version - name);
	memcpy(copy, name, len);
	copy[len] = '\0';
	/* Rust's legacy names are well-formed C++ ones too. */
	if (len < DEMANGLE_IN_MAX && (strncmp(copy, "_ZN", 3) == 0 || strncmp(copy, "_R", 2) == 0))
		done = rust_demangle_callback(copy, 0, put, &t);
	if (!done && len < DEMANGLE_IN_MAX && strncmp(copy, "_Z", 2) == 0) {
		put_plain(&t, "", 0);
		done = cplus_demangle_v3_callback(copy, DMGL_ANSI | (params ? DMGL_PARAMS : 0), put, &t);
	}
	if (!done || t.len == 0)
		put_plain(&t, copy, len);
	if (t.len == t.size - 1 && t.size > 4)
		memcpy(buf + t.len - 3, "...", 3);
}
