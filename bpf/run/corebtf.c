/* SPDX-License-Identifier: GPL-2.0-only
 * Picking types. Three steps: the offsets of wanted names in the kernel's strings, each of which is there once; the types that have one
 * of these names; then what their members are made of, as far as the kind of a member matters (pointers lead to nothing).
 */
#include "corebtf.h"

#include <errno.h>
#include <linux/btf.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PIECE	   (64u << 10)
#define STEP	   64 /* types between two offsets that are remembered */
#define NESTED_MAX 32
#define HASH_SIZE  4096
/* Far more than any kernel has of what the programs name (6.18: some thousand members in some dozens of types). A file that goes beyond
 * nests structs without names in each other, which would never end. */
#define KEPT_MAX   1024
#define MEMBERS_MAX (1u << 18)

struct name {
	const char *text;
	uint32_t len;
	uint32_t at;   /* offset in the kernel's strings; 0: not found */
	uint32_t mine; /* offset in the strings that are written */
	struct name *next;
};

struct bytes {
	unsigned char *p;
	size_t n, room;
};

/* A type that is kept for its name. Its place in the list, plus 1, is its id in the result. */
struct kept {
	uint32_t id;
	struct bytes body;
};

struct core {
	int kernel;
	struct btf_header head;
	struct name *names;
	uint32_t nnames;
	struct name *by_text[HASH_SIZE], *by_offset[HASH_SIZE];
	struct kept *kept;
	uint32_t nkept, kept_room;
	uint32_t *steps; /* offset of every STEP-th type */
	uint32_t nsteps, steps_room, ntypes;
	/* The result: types by id, from 1 */
	struct bytes *mine, strings;
	uint32_t nmine, mine_room, pointer, integer;
	uint32_t nmembers; /* looked at so far */
	bool failed;	   /* no memory */
	bool bad;	   /* more than the bounds */
	/* A window into the kernel's file, and how much is read at once. */
	unsigned char *piece;
	size_t ahead;
	uint64_t piece_at;
	size_t piece_len;
};

static void add(struct core *c, struct bytes *b, const void *p, size_t n)
{
	if (b->room - b->n < n) {
		size_t room = b->room * 2 > b->n + n ? b->room * 2 : b->n + n + 256;
		unsigned char *more = realloc(b->p, room);

		if (!more) {
			c->failed = true;
			return;
		}
		b->p = more;
		b->room = room;
	}
	memcpy(b->p + b->n, p, n);
	b->n += n;
}

static uint32_t hash(const char *s, uint32_t n)
{
	uint32_t h = n;

	for (uint32_t i = 0; i < n; i++)
		h = h * 31 + (unsigned char)s[i];
	return h % HASH_SIZE;
}

/* n bytes of the kernel's file at `at`, good until the next call; NULL: they are not there. n is at most PIECE. What is aligned in the
 * file is so in memory: the window begins at a multiple of 8. */
static const unsigned char *look(struct core *c, uint64_t at, size_t n)
{
	if (at < c->piece_at || at + n > c->piece_at + c->piece_len) {
		size_t before = at & 7;

		c->piece_at = at - before;
		c->piece_len = 0;
		/* sysfs gives a page at a time */
		while (c->piece_len < before + n || c->piece_len < c->ahead) {
			ssize_t got = pread(c->kernel, c->piece + c->piece_len, PIECE + 8 - c->piece_len,
					    (off_t)(c->piece_at + c->piece_len));

			if (got <= 0)
				break;
			c->piece_len += (size_t)got;
		}
	}
	return at + n <= c->piece_at + c->piece_len ? c->piece + (at - c->piece_at) : NULL;
}

/* Names */

static bool take_names(struct core *c, const char *strings, size_t size)
{
	size_t count = 1;

	for (size_t i = 0; i < size; i++)
		count += strings[i] == '\0';
	c->names = calloc(count, sizeof *c->names);
	if (!c->names)
		return false;
	add(c, &c->strings, "", 1);
	for (size_t i = 1; i < size; i += strlen(strings + i) + 1) {
		const char *text = strings + i, *flavour = strstr(text, "___");
		uint32_t len = (uint32_t)(flavour && flavour != text ? (size_t)(flavour - text) : strlen(text)), h = hash(text, len);
		struct name *n = c->by_text[h];

		while (n && (n->len != len || memcmp(n->text, text, len) != 0))
			n = n->next;
		if (n || !len)
			continue;
		n = &c->names[c->nnames++];
		*n = (struct name){ .text = text, .len = len, .mine = (uint32_t)c->strings.n, .next = c->by_text[h] };
		c->by_text[h] = n;
		add(c, &c->strings, text, len);
		add(c, &c->strings, "", 1);
	}
	return !c->failed;
}

static void found_string(struct core *c, const char *text, uint32_t len, uint32_t at)
{
	for (struct name *n = c->by_text[hash(text, len)]; n; n = n->next) {
		if (n->len == len && memcmp(n->text, text, len) == 0)
			n->at = at;
	}
}

/* A bit for a name of n bytes: by its ends. Most of the kernel's names are told from ours by it, without a look at the rest. */
static uint64_t ends_of(const char *s, uint32_t n)
{
	return UINT64_C(1) << (((unsigned char)s[0] * 7u + (unsigned char)s[n - 1] * 3u + (unsigned char)s[n / 2]) & 63);
}

static bool find_strings(struct core *c)
{
	uint64_t base = c->head.hdr_len + (uint64_t)c->head.str_off;
	uint64_t ends[256] = { 0 }; /* by length */
	uint32_t at = 0;

	for (uint32_t i = 0; i < c->nnames; i++) {
		if (c->names[i].len < 256)
			ends[c->names[i].len] |= ends_of(c->names[i].text, c->names[i].len);
	}
	while (at < c->head.str_len) {
		uint32_t left = c->head.str_len - at, n = left < PIECE ? left : PIECE, from = 0;
		const char *p = (const char *)look(c, base + at, n);

		if (!p)
			return false;
		for (const char *end; (end = memchr(p + from, '\0', n - from)); from = (uint32_t)(end - p) + 1) {
			uint32_t len = (uint32_t)(end - p) - from;

			if (len && len < 256 && ends[len] && (ends[len] & ends_of(p + from, len)))
				found_string(c, p + from, len, at + from);
		}
		if (!from)
			return false; /* a name of 64 KiB */
		at += from;
	}
	memset(c->by_offset, 0, sizeof c->by_offset);
	for (uint32_t i = 0; i < c->nnames; i++) {
		struct name *n = &c->names[i];

		n->next = c->by_offset[n->at % HASH_SIZE];
		c->by_offset[n->at % HASH_SIZE] = n;
	}
	return true;
}

/* The name at an offset of the kernel's strings, if it is one of ours. */
static const struct name *name_at(const struct core *c, uint32_t at)
{
	const struct name *n = at ? c->by_offset[at % HASH_SIZE] : NULL;

	while (n && n->at != at)
		n = n->next;
	return n;
}

/* Types */

static uint32_t kind_of(const struct btf_type *t)
{
	return BTF_INFO_KIND(t->info);
}

/* Bytes behind struct btf_type; false: an unknown kind. */
static bool rest_of(const struct btf_type *t, uint32_t *rest)
{
	uint32_t n = BTF_INFO_VLEN(t->info);

	switch (kind_of(t)) {
	case BTF_KIND_INT:
	case BTF_KIND_VAR:
	case BTF_KIND_DECL_TAG:
		*rest = 4;
		return true;
	case BTF_KIND_ARRAY:
		*rest = sizeof(struct btf_array);
		return true;
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
	case BTF_KIND_DATASEC:
	case BTF_KIND_ENUM64:
		*rest = n * 12;
		return true;
	case BTF_KIND_ENUM:
	case BTF_KIND_FUNC_PROTO:
		*rest = n * 8;
		return true;
	case BTF_KIND_PTR:
	case BTF_KIND_FWD:
	case BTF_KIND_TYPEDEF:
	case BTF_KIND_VOLATILE:
	case BTF_KIND_CONST:
	case BTF_KIND_RESTRICT:
	case BTF_KIND_FUNC:
	case BTF_KIND_FLOAT:
	case BTF_KIND_TYPE_TAG:
		*rest = 0;
		return true;
	default:
		return false;
	}
}

static bool is_named_kind(uint32_t kind)
{
	return kind == BTF_KIND_STRUCT || kind == BTF_KIND_UNION || kind == BTF_KIND_ENUM || kind == BTF_KIND_ENUM64;
}

static struct kept *keep(struct core *c, uint32_t id, const void *type, size_t n)
{
	if (c->nkept == KEPT_MAX) {
		c->bad = true;
		return NULL;
	}
	if (c->nkept == c->kept_room) {
		uint32_t room = c->kept_room ? c->kept_room * 2 : 64;
		struct kept *more = reallocarray(c->kept, room, sizeof *more);

		if (!more) {
			c->failed = true;
			return NULL;
		}
		c->kept = more;
		c->kept_room = room;
	}
	c->kept[c->nkept] = (struct kept){ .id = id };
	add(c, &c->kept[c->nkept].body, type, n);
	return &c->kept[c->nkept++];
}

static bool remember(struct core *c, uint32_t offset)
{
	if (c->nsteps == c->steps_room) {
		uint32_t room = c->steps_room ? c->steps_room * 2 : 4096;
		uint32_t *more = reallocarray(c->steps, room, sizeof *more);

		if (!more)
			return false;
		c->steps = more;
		c->steps_room = room;
	}
	c->steps[c->nsteps++] = offset;
	return true;
}

static bool find_types(struct core *c)
{
	uint64_t base = c->head.hdr_len + (uint64_t)c->head.type_off;
	uint32_t at = 0, id = 1, rest;

	for (; at < c->head.type_len; id++) {
		const struct btf_type *t = (const void *)look(c, base + at, sizeof *t);

		if (id % STEP == 0 && !remember(c, at))
			return false;
		if (!t || !rest_of(t, &rest))
			return false;
		if (is_named_kind(kind_of(t)) && name_at(c, t->name_off) && sizeof *t + rest <= PIECE) {
			t = (const void *)look(c, base + at, sizeof *t + rest);
			if (!t || !keep(c, id, t, sizeof *t + rest))
				return false;
		}
		at += (uint32_t)sizeof *t + rest;
	}
	c->ntypes = id;
	return !c->failed && at == c->head.type_len; /* the last one ends where they all do */
}

/* A type by its id, good until the next look; NULL: there is none. */
static const struct btf_type *type_of(struct core *c, uint32_t id, uint32_t *size)
{
	uint64_t base = c->head.hdr_len + (uint64_t)c->head.type_off;
	uint32_t at = 0, now = 1, rest;

	if (!id || id >= c->ntypes || id / STEP > c->nsteps)
		return NULL;
	if (id >= STEP && c->steps) {
		at = c->steps[id / STEP - 1];
		now = id / STEP * STEP;
	}
	for (;; now++) {
		const struct btf_type *t = (const void *)look(c, base + at, sizeof *t);

		if (!t || !rest_of(t, &rest))
			return NULL;
		*size = (uint32_t)sizeof *t + rest;
		if (now == id)
			return *size <= PIECE ? (const void *)look(c, base + at, *size) : NULL;
		at += *size;
	}
}

/* The result */

/* The next id. 0: no memory. */
static uint32_t new_id(struct core *c)
{
	if (c->nmine == c->mine_room) {
		uint32_t room = c->mine_room ? c->mine_room * 2 : 256;
		struct bytes *more = reallocarray(c->mine, room, sizeof *more);

		if (!more) {
			c->failed = true;
			return 0;
		}
		c->mine = more;
		c->mine_room = room;
	}
	c->mine[c->nmine++] = (struct bytes){ 0 };
	return c->nmine;
}

static void put(struct core *c, uint32_t id, const void *p, size_t n)
{
	struct bytes b;

	if (!id)
		return;
	/* The list may move while its element grows elsewhere: not here. */
	b = c->mine[id - 1];
	add(c, &b, p, n);
	c->mine[id - 1] = b;
}

static uint32_t put_plain(struct core *c, uint32_t kind, uint32_t size)
{
	uint32_t id = new_id(c), bits = size * 8;
	struct btf_type t = { .info = kind << 24, .size = size };

	put(c, id, &t, sizeof t);
	if (kind == BTF_KIND_INT)
		put(c, id, &bits, sizeof bits);
	return id;
}

static uint32_t copy_type(struct core *c, uint32_t id, unsigned depth);

/* Members that have a name of ours, or none: these are looked into. */
static void put_members(struct core *c, uint32_t id, const struct btf_type *t, unsigned depth)
{
	const struct btf_member *m = (const void *)(t + 1);
	const struct name *name = name_at(c, t->name_off);
	struct btf_type head = { .name_off = name ? name->mine : 0, .size = t->size };
	struct bytes members = { 0 };
	uint32_t kept = 0;

	for (uint32_t i = 0; i < BTF_INFO_VLEN(t->info); i++) {
		const struct name *of = name_at(c, m[i].name_off);
		struct btf_member to = { .name_off = of ? of->mine : 0, .offset = m[i].offset };

		c->bad |= ++c->nmembers > MEMBERS_MAX;
		if (c->bad || (!of && m[i].name_off))
			continue;
		to.type = copy_type(c, m[i].type, depth);
		add(c, &members, &to, sizeof to);
		kept++;
	}
	head.info = kind_of(t) << 24 | (t->info & (1u << 31)) | kept;
	put(c, id, &head, sizeof head);
	if (members.n)
		put(c, id, members.p, members.n);
	free(members.p);
}

static void put_enum(struct core *c, uint32_t id, const struct btf_type *t)
{
	uint32_t n = BTF_INFO_VLEN(t->info), each = kind_of(t) == BTF_KIND_ENUM64 ? 12 : 8, kept = 0;
	const unsigned char *from = (const void *)(t + 1);
	const struct name *name = name_at(c, t->name_off);
	struct btf_type head = { .name_off = name ? name->mine : 0, .size = t->size };
	struct bytes values = { 0 };

	for (uint32_t i = 0; i < n; i++) {
		uint32_t value[3];
		const struct name *of;

		memcpy(value, from + (size_t)i * each, each);
		of = name_at(c, value[0]);
		if (!of)
			continue;
		value[0] = of->mine;
		add(c, &values, value, each);
		kept++;
	}
	head.info = kind_of(t) << 24 | (t->info & (1u << 31)) | kept;
	put(c, id, &head, sizeof head);
	if (values.n)
		put(c, id, values.p, values.n);
	free(values.p);
}

static uint32_t copy_array(struct core *c, const struct btf_type *t, unsigned depth)
{
	struct btf_type head = { .info = BTF_KIND_ARRAY << 24 };
	uint32_t id = new_id(c);
	struct btf_array a;

	memcpy(&a, t + 1, sizeof a);
	a.type = copy_type(c, a.type, depth);
	a.index_type = c->integer;
	put(c, id, &head, sizeof head);
	put(c, id, &a, sizeof a);
	return id;
}

/* A struct without a name: its members are those of who holds it. */
static uint32_t copy_anonymous(struct core *c, const struct btf_type *t, uint32_t size, unsigned depth)
{
	struct btf_type *copy = malloc(size); /* looking at its members moves the window */
	uint32_t id = new_id(c);

	if (copy) {
		memcpy(copy, t, size);
		put_members(c, id, copy, depth);
		free(copy);
	}
	c->failed |= !copy;
	return id;
}

/* What a member is made of: its kind and size count, not its name, but for types that are kept by name. */
static uint32_t copy_type(struct core *c, uint32_t id, unsigned depth)
{
	const struct btf_type *t;
	uint32_t size;

	for (uint32_t steps = 0; steps < NESTED_MAX; steps++) {
		for (uint32_t i = 0; i < c->nkept; i++) {
			if (c->kept[i].id == id)
				return i + 1;
		}
		t = depth < NESTED_MAX ? type_of(c, id, &size) : NULL;
		if (!t)
			return 0;
		switch (kind_of(t)) {
		case BTF_KIND_TYPEDEF:
		case BTF_KIND_VOLATILE:
		case BTF_KIND_CONST:
		case BTF_KIND_RESTRICT:
		case BTF_KIND_TYPE_TAG:
			id = t->type;
			continue;
		case BTF_KIND_PTR:
			return c->pointer;
		case BTF_KIND_INT:
			return put_plain(c, BTF_KIND_INT, t->size);
		case BTF_KIND_ARRAY:
			return copy_array(c, t, depth + 1);
		case BTF_KIND_STRUCT:
		case BTF_KIND_UNION:
			return t->name_off ? put_plain(c, kind_of(t), t->size) : copy_anonymous(c, t, size, depth + 1);
		case BTF_KIND_ENUM:
		case BTF_KIND_ENUM64:
		case BTF_KIND_FLOAT:
			return put_plain(c, kind_of(t), t->size);
		default:
			return 0;
		}
	}
	return 0;
}

static bool copy_types(struct core *c)
{
	for (uint32_t i = 0; i < c->nkept; i++)
		new_id(c);
	c->pointer = put_plain(c, BTF_KIND_PTR, 0);
	c->integer = put_plain(c, BTF_KIND_INT, 4);
	for (uint32_t i = 0; i < c->nkept && !c->failed && !c->bad; i++) {
		const struct btf_type *t = (const void *)c->kept[i].body.p;

		if (kind_of(t) == BTF_KIND_STRUCT || kind_of(t) == BTF_KIND_UNION)
			put_members(c, i + 1, t, 0);
		else
			put_enum(c, i + 1, t);
	}
	return !c->failed && !c->bad;
}

static bool write_all(int fd, const void *p, size_t n)
{
	while (n) {
		ssize_t did = write(fd, p, n);

		if (did <= 0)
			return false;
		p = (const char *)p + did;
		n -= (size_t)did;
	}
	return true;
}

static bool write_result(struct core *c, int out)
{
	struct bytes types = { 0 };
	struct btf_header head = { .magic = BTF_MAGIC, .version = BTF_VERSION, .hdr_len = sizeof head };
	bool good;

	for (uint32_t i = 0; i < c->nmine; i++)
		add(c, &types, c->mine[i].p, c->mine[i].n);
	head.type_len = head.str_off = (uint32_t)types.n;
	head.str_len = (uint32_t)c->strings.n;
	good = !c->failed && write_all(out, &head, sizeof head) && write_all(out, types.p, types.n) &&
	       write_all(out, c->strings.p, c->strings.n);
	free(types.p);
	return good;
}

static bool read_head(struct core *c)
{
	const void *p = look(c, 0, sizeof c->head);

	if (!p)
		return false;
	memcpy(&c->head, p, sizeof c->head);
	/* Types are aligned, as the kernel itself insists (kernel/bpf/btf.c, btf_parse_hdr). */
	return c->head.magic == BTF_MAGIC && c->head.hdr_len >= sizeof c->head && c->head.hdr_len % 4 == 0 &&
	       c->head.type_off % 4 == 0;
}

static void free_all(struct core *c)
{
	for (uint32_t i = 0; i < c->nkept; i++)
		free(c->kept[i].body.p);
	for (uint32_t i = 0; i < c->nmine; i++)
		free(c->mine[i].p);
	free(c->kept);
	free(c->mine);
	free(c->strings.p);
	free(c->names);
	free(c->steps);
	free(c->piece);
	free(c);
}

int corebtf_write(int kernel, const void *local, size_t size, int out)
{
	const struct btf_header *own = local;
	struct core *c = calloc(1, sizeof *c);
	int error = -ENOMEM;
	uint64_t end = size < sizeof *own ? 0 : (uint64_t)own->hdr_len + own->str_off + own->str_len;

	if (!c)
		return error;
	c->kernel = kernel;
	c->ahead = PIECE;
	c->piece = malloc(PIECE + 8);
	if (c->piece && end && end <= size && take_names(c, (const char *)local + own->hdr_len + own->str_off, own->str_len)) {
		error = -EBADMSG;
		if (read_head(c) && find_strings(c) && find_types(c)) {
			c->ahead = 1;
			c->piece_len = 0;
			if (copy_types(c))
				error = write_result(c, out) ? 0 : -EIO;
		}
	}
	if (c->failed)
		error = -ENOMEM;
	free_all(c);
	return error;
}
