/* SPDX-License-Identifier: GPL-2.0-only
 * bpf/run/corebtf: what is picked out of a kernel's type information, which is made here type by type.
 */
#include "unit.h"

#include "bpf/run/corebtf.h"

#include <errno.h>
#include <linux/btf.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct image {
	unsigned char types[1 << 20], strings[1 << 18];
	uint32_t type_len, str_len, n;
	struct btf_header head; /* what build() changes nothing of, if it is not 0 */
};

static struct image *image_new(void)
{
	struct image *m = calloc(1, sizeof *m);

	assert_non_null(m);
	m->str_len = 1;
	return m;
}

static uint32_t text(struct image *m, const char *s)
{
	uint32_t at = m->str_len;

	if (!*s)
		return 0;
	memcpy(m->strings + at, s, strlen(s) + 1);
	m->str_len += (uint32_t)strlen(s) + 1;
	return at;
}

static void add(struct image *m, const void *p, size_t n)
{
	memcpy(m->types + m->type_len, p, n);
	m->type_len += (uint32_t)n;
}

/* Begins a type; what stands behind it is added by the caller. Returns its id. */
static uint32_t type(struct image *m, uint32_t kind, const char *name, uint32_t vlen, uint32_t size)
{
	struct btf_type t = { .name_off = text(m, name), .info = kind << 24 | vlen, .size = size };

	add(m, &t, sizeof t);
	return ++m->n;
}

static uint32_t integer(struct image *m, uint32_t size)
{
	uint32_t id = type(m, BTF_KIND_INT, size == 4 ? "int" : "long", 0, size), bits = size * 8;

	add(m, &bits, sizeof bits);
	return id;
}

static void member(struct image *m, const char *name, uint32_t of, uint32_t offset)
{
	struct btf_member b = { .name_off = text(m, name), .type = of, .offset = offset };

	add(m, &b, sizeof b);
}

static size_t write_image(struct image *m, unsigned char *to)
{
	struct btf_header h = { .magic = BTF_MAGIC, .version = BTF_VERSION, .hdr_len = sizeof h, .type_len = m->type_len,
				.str_off = m->type_len, .str_len = m->str_len };

	if (m->head.magic)
		h = m->head;
	memcpy(to, &h, sizeof h);
	memcpy(to + sizeof h, m->types, m->type_len);
	memcpy(to + sizeof h + m->type_len, m->strings, m->str_len);
	return sizeof h + m->type_len + m->str_len;
}

/* What a program names: struct task with a, u and x, its flavour, an enumeration. */
static size_t local_image(unsigned char *to)
{
	struct image *m = image_new();
	size_t n;

	text(m, "task");
	text(m, "a");
	text(m, "u___old");
	text(m, "x");
	text(m, "kinds");
	text(m, "KIND_B");
	n = write_image(m, to);
	free(m);
	return n;
}

/* Runs it; the result in out, its length returned, or negative errno. */
static ssize_t pick(struct image *m, unsigned char *out, size_t room)
{
	static unsigned char local[4096], bytes[2 << 20];
	int kernel = memfd_create("kernel", 0), to = memfd_create("picked", 0);
	size_t n = write_image(m, bytes);
	ssize_t got;
	int error;

	assert_true(kernel >= 0 && to >= 0);
	assert_int_equal(write(kernel, bytes, n), n);
	error = corebtf_write(kernel, local, local_image(local), to);
	got = error ? error : pread(to, out, room, 0);
	close(kernel);
	close(to);
	free(m);
	return got;
}

/* The result taken apart: types by id, from 1. */
struct result {
	unsigned char bytes[8192];
	const struct btf_type *types[64];
	const char *strings;
	uint32_t n;
};

static void take_apart(struct image *m, struct result *r)
{
	ssize_t len = pick(m, r->bytes, sizeof r->bytes);
	struct btf_header h;

	assert_true(len > (ssize_t)sizeof h);
	memcpy(&h, r->bytes, sizeof h);
	assert_int_equal(h.magic, BTF_MAGIC);
	assert_int_equal(len, h.hdr_len + h.str_off + h.str_len);
	r->strings = (const char *)r->bytes + h.hdr_len + h.str_off;
	r->n = 0;
	for (uint32_t at = 0; at < h.type_len;) {
		const struct btf_type *t = (const void *)(r->bytes + h.hdr_len + at);
		uint32_t kind = BTF_INFO_KIND(t->info), vlen = BTF_INFO_VLEN(t->info);

		r->types[++r->n] = t;
		at += (uint32_t)sizeof *t;
		at += kind == BTF_KIND_INT ? 4 : kind == BTF_KIND_ARRAY ? 12 : kind == BTF_KIND_ENUM ? vlen * 8 :
		      kind == BTF_KIND_PTR ? 0 : vlen * 12;
	}
}

static const struct btf_member *member_of(const struct result *r, const struct btf_type *t, const char *name)
{
	const struct btf_member *m = (const void *)(t + 1);

	for (uint32_t i = 0; i < BTF_INFO_VLEN(t->info); i++) {
		if (strcmp(r->strings + m[i].name_off, name) == 0)
			return &m[i];
	}
	return NULL;
}

static void named_members_with_their_offsets(void **state)
{
	struct image *m = image_new();
	struct result r;
	uint32_t number = integer(m, 8), pointer;
	const struct btf_member *x;

	(void)state;
	type(m, BTF_KIND_STRUCT, "other", 1, 8);
	member(m, "a", number, 0);
	pointer = type(m, BTF_KIND_PTR, "", 0, 2);
	type(m, BTF_KIND_STRUCT, "task", 3, 32);
	member(m, "unknown", number, 0);
	member(m, "a", pointer, 64);
	member(m, "x", number, 192);
	take_apart(m, &r);
	/* the struct, a pointer to nothing, an integer, and what x is made of: `other` and `unknown` are not there */
	assert_int_equal(r.n, 4);
	assert_int_equal(BTF_INFO_KIND(r.types[1]->info), BTF_KIND_STRUCT);
	assert_string_equal(r.strings + r.types[1]->name_off, "task");
	assert_int_equal(r.types[1]->size, 32);
	assert_int_equal(BTF_INFO_VLEN(r.types[1]->info), 2);
	assert_int_equal(member_of(&r, r.types[1], "a")->offset, 64);
	assert_int_equal(BTF_INFO_KIND(r.types[member_of(&r, r.types[1], "a")->type]->info), BTF_KIND_PTR);
	x = member_of(&r, r.types[1], "x");
	assert_int_equal(x->offset, 192);
	assert_int_equal(r.types[x->type]->size, 8);
}

static void a_struct_without_a_name_is_looked_into(void **state)
{
	struct image *m = image_new();
	struct result r;
	uint32_t number = integer(m, 4), inner = type(m, BTF_KIND_UNION, "", 2, 4);
	const struct btf_member *hidden;

	(void)state;
	member(m, "unknown", number, 0);
	member(m, "u", number, 0);
	type(m, BTF_KIND_STRUCT, "task", 1, 16);
	member(m, "", inner, 96);
	take_apart(m, &r);
	hidden = member_of(&r, r.types[1], "");
	assert_non_null(hidden);
	assert_int_equal(hidden->offset, 96);
	assert_int_equal(BTF_INFO_KIND(r.types[hidden->type]->info), BTF_KIND_UNION);
	/* by the name without its flavour */
	assert_non_null(member_of(&r, r.types[hidden->type], "u"));
	assert_int_equal(BTF_INFO_VLEN(r.types[hidden->type]->info), 1);
}

static void qualifiers_and_typedefs_are_seen_through(void **state)
{
	struct image *m = image_new();
	struct btf_array array = { .type = 1, .index_type = 1, .nelems = 7 };
	struct result r;
	uint32_t number = integer(m, 4), constant = type(m, BTF_KIND_CONST, "", 0, number);
	uint32_t name = type(m, BTF_KIND_TYPEDEF, "name_t", 0, constant), list;
	const struct btf_member *x;

	(void)state;
	list = type(m, BTF_KIND_ARRAY, "", 0, 0);
	add(m, &array, sizeof array);
	type(m, BTF_KIND_STRUCT, "task", 2, 32);
	member(m, "a", name, 0);
	member(m, "x", list, 32);
	take_apart(m, &r);
	assert_int_equal(BTF_INFO_KIND(r.types[member_of(&r, r.types[1], "a")->type]->info), BTF_KIND_INT);
	x = member_of(&r, r.types[1], "x");
	assert_int_equal(BTF_INFO_KIND(r.types[x->type]->info), BTF_KIND_ARRAY);
	memcpy(&array, r.types[x->type] + 1, sizeof array);
	assert_int_equal(array.nelems, 7);
	assert_int_equal(r.types[array.type]->size, 4);
}

static void enumerators_by_name(void **state)
{
	struct image *m = image_new();
	struct result r;
	struct btf_enum e[3] = { { .val = 1 }, { .val = -5 }, { .val = 3 } };

	(void)state;
	e[0].name_off = text(m, "KIND_A");
	e[1].name_off = text(m, "KIND_B");
	e[2].name_off = text(m, "KIND_C");
	type(m, BTF_KIND_ENUM, "kinds", 3, 4);
	add(m, e, sizeof e);
	take_apart(m, &r);
	assert_int_equal(BTF_INFO_KIND(r.types[1]->info), BTF_KIND_ENUM);
	assert_int_equal(BTF_INFO_VLEN(r.types[1]->info), 1);
	memcpy(e, r.types[1] + 1, sizeof *e);
	assert_string_equal(r.strings + e[0].name_off, "KIND_B");
	assert_int_equal(e[0].val, -5);
}

/* Ids are found again by offsets of every 64th type: before, at and behind them. */
static void types_far_behind_are_found(void **state)
{
	(void)state;
	for (uint32_t before = 60; before < 70; before++) {
		struct image *m = image_new();
		struct result r;
		uint32_t number;

		for (uint32_t i = 0; i < before; i++)
			type(m, BTF_KIND_PTR, "", 0, 0);
		number = integer(m, 8);
		for (uint32_t i = 0; i < 200; i++)
			type(m, BTF_KIND_CONST, "", 0, number);
		type(m, BTF_KIND_STRUCT, "task", 1, 8);
		member(m, "a", number + 130, 0);
		take_apart(m, &r);
		assert_int_equal(r.types[member_of(&r, r.types[1], "a")->type]->size, 8);
	}
}

static struct image *with_task(void)
{
	struct image *m = image_new();
	uint32_t number = integer(m, 4);

	type(m, BTF_KIND_STRUCT, "task", 1, 8);
	member(m, "a", number, 0);
	m->head = (struct btf_header){ .magic = BTF_MAGIC, .version = BTF_VERSION, .hdr_len = sizeof m->head, .type_len = m->type_len,
				       .str_off = m->type_len, .str_len = m->str_len };
	return m;
}

static void broken_files_are_refused(void **state)
{
	static unsigned char out[4096];
	struct image *m;

	(void)state;
	assert_true(pick(with_task(), out, sizeof out) > 0);
	m = with_task();
	m->head.magic = 0x9feb;
	assert_int_equal(pick(m, out, sizeof out), -EBADMSG); /* the other byte order */
	m = with_task();
	m->head.hdr_len = 8;
	assert_int_equal(pick(m, out, sizeof out), -EBADMSG);
	m = with_task();
	m->head.type_off = 2;
	assert_int_equal(pick(m, out, sizeof out), -EBADMSG);
	m = with_task();
	m->head.type_len += 4; /* part of a type */
	assert_int_equal(pick(m, out, sizeof out), -EBADMSG);
	m = with_task();
	m->head.str_len = UINT32_MAX;
	assert_int_equal(pick(m, out, sizeof out), -EBADMSG);
	m = with_task();
	m->strings[m->str_len - 1] = 'a'; /* the last name has no end */
	assert_int_equal(pick(m, out, sizeof out), -EBADMSG);
	m = image_new();
	type(m, 31, "task", 0, 0);
	assert_int_equal(pick(m, out, sizeof out), -EBADMSG); /* a kind of tomorrow: how long it is is not known */
	assert_int_equal(corebtf_write(-1, out, 10, -1), -ENOMEM); /* a program without types, which ours are not */
}

/* Each struct has twenty members of the one before, all without a name: 20^20 of them, if somebody followed. */
static void nesting_has_an_end(void **state)
{
	static unsigned char out[4096];
	struct image *m = image_new();
	uint32_t inner = integer(m, 4);

	(void)state;
	for (unsigned depth = 0; depth < 20; depth++) {
		uint32_t id = type(m, BTF_KIND_STRUCT, "", 20, 4);

		for (unsigned i = 0; i < 20; i++)
			member(m, "", inner, 0);
		inner = id;
	}
	type(m, BTF_KIND_STRUCT, "task", 1, 8);
	member(m, "", inner, 0);
	assert_int_equal(pick(m, out, sizeof out), -EBADMSG);
	/* one that holds itself, and a typedef of itself, end as well */
	m = image_new();
	type(m, BTF_KIND_STRUCT, "", 1, 4);
	member(m, "", 1, 0);
	type(m, BTF_KIND_TYPEDEF, "", 0, 2);
	type(m, BTF_KIND_STRUCT, "task", 2, 8);
	member(m, "", 1, 0);
	member(m, "a", 2, 0);
	assert_true(pick(m, out, sizeof out) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(named_members_with_their_offsets),
		cmocka_unit_test(a_struct_without_a_name_is_looked_into),
		cmocka_unit_test(qualifiers_and_typedefs_are_seen_through),
		cmocka_unit_test(enumerators_by_name),
		cmocka_unit_test(types_far_behind_are_found),
		cmocka_unit_test(broken_files_are_refused),
		cmocka_unit_test(nesting_has_an_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
