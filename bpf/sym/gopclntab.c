/* SPDX-License-Identifier: GPL-2.0-only
 * .gopclntab: the functions of a Go program and how deep their frames are, which also stripped programs keep. Layouts of
 * Go 1.16 (magic fa), 1.18 (f0) and 1.20 on (f1); see Go's debug/gosym and runtime/symtab.go.
 */
#include "symtab.h"
#include "read.h"

#include <elf.h>
#include <stdlib.h>

enum { MAX_STEPS = 1 << 16 };

struct gopcln {
	uint8_t *data;
	size_t len;
	uint64_t text; /* what functions' offsets count from; 0 with Go 1.16, where they are addresses */
	bool offsets;  /* 4-byte entries */
	unsigned quantum;
	uint64_t n, names, pcs, funcs; /* the last three are offsets in data */
};

static bool read_header(struct gopcln *g)
{
	struct cursor c = cursor_at(g->data, g->len, 0);
	uint32_t magic = (uint32_t)cursor_uint(&c, 4);

	cursor_take(&c, 2);
	g->quantum = (unsigned)cursor_uint(&c, 1);
	unsigned word = (unsigned)cursor_uint(&c, 1);
	if (c.bad || word != 8 || (g->quantum != 1 && g->quantum != 4))
		return false;
	g->offsets = magic == 0xfffffff0 || magic == 0xfffffff1;
	if (!g->offsets && magic != 0xfffffffa)
		return false;
	g->n = cursor_uint(&c, 8);
	cursor_uint(&c, 8); /* files */
	g->text = g->offsets ? cursor_uint(&c, 8) : 0;
	g->names = cursor_uint(&c, 8);
	cursor_uint(&c, 8); /* tables of files */
	cursor_uint(&c, 8); /* names of files */
	g->pcs = cursor_uint(&c, 8);
	g->funcs = cursor_uint(&c, 8);
	unsigned entry = g->offsets ? 8 : 16;
	return !c.bad && g->names < g->len && g->pcs < g->len && g->funcs < g->len && g->n > 0 &&
	       g->n <= (g->len - g->funcs) / entry;
}

/* Without section headers: the header's first bytes, where a header makes sense. */
static bool search(struct gopcln *g, const struct elf *e)
{
	for (size_t i = 0; i < e->n_segments; i++) {
		const struct elf_segment *s = &e->segments[i];
		uint8_t *all;
		size_t len;

		if (s->type != PT_LOAD || elf_load(e, s->offset, s->filesz, &all, &len) < 0)
			continue;
		for (size_t at = 0; at + 8 <= len; at += 8) {
			if ((all[at] != 0xf0 && all[at] != 0xf1 && all[at] != 0xfa) || memcmp(all + at + 1, "\xff\xff\xff\0", 5) != 0)
				continue;
			g->data = all + at;
			g->len = len - at;
			if (read_header(g)) {
				memmove(all, all + at, g->len);
				g->data = all;
				return true;
			}
		}
		g->data = NULL;
		free(all);
	}
	return false;
}

struct gopcln *gopcln_load(const struct elf *e)
{
	const struct elf_section *sec = elf_section(e, ".gopclntab");

	if (!sec)
		sec = elf_section(e, ".data.rel.ro.gopclntab");
	if (!sec && (e->n_sections > 0 || e->small))
		return NULL;
	struct gopcln *g = calloc(1, sizeof(*g));
	if (!g)
		return NULL;
	if (sec ? elf_load_section(e, sec, &g->data, &g->len) < 0 || !read_header(g) : !search(g, e)) {
		gopcln_free(g);
		return NULL;
	}
	/* From Go 1.25 on, and in programs that are relocated, the header does not tell where the code begins. */
	const struct elf_section *text = elf_section(e, ".text");
	if (g->offsets && text && g->text == 0)
		g->text = text->addr;
	return g;
}

void gopcln_free(struct gopcln *g)
{
	if (!g)
		return;
	free(g->data);
	free(g);
}

/* Entry i of the table of functions: where the function begins (from text), and its description. */
static void entry_at(const struct gopcln *g, uint64_t i, uint64_t *start, uint64_t *func)
{
	unsigned word = g->offsets ? 4 : 8;
	struct cursor c = cursor_at(g->data, g->len, g->funcs + i * 2 * word);

	*start = cursor_uint(&c, word);
	*func = cursor_uint(&c, word);
}

/* The description of the function around an address, behind its first word; start is an address. */
static bool find_func(const struct gopcln *g, uint64_t vaddr, uint64_t *start, struct cursor *func)
{
	uint64_t lo = 0, hi = g->n;
	uint64_t offset, at;
	struct cursor end = cursor_at(g->data, g->len, g->funcs + g->n * (g->offsets ? 8 : 16));

	if (vaddr < g->text || vaddr - g->text >= cursor_uint(&end, g->offsets ? 4 : 8) || end.bad)
		return false;
	while (lo < hi) {
		uint64_t mid = lo + (hi - lo) / 2;

		entry_at(g, mid, &offset, &at);
		if (offset <= vaddr - g->text)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == 0)
		return false;
	entry_at(g, lo - 1, &offset, &at);
	if (at > g->len - g->funcs)
		return false;
	*start = g->text + offset;
	*func = cursor_at(g->data, g->len, g->funcs + at);
	cursor_take(func, g->offsets ? 4 : 8);
	return !func->bad;
}

bool gopcln_find(const struct gopcln *g, uint64_t vaddr, const char **name, uint64_t *start)
{
	struct cursor c;

	if (!find_func(g, vaddr, start, &c))
		return false;
	int64_t name_at = cursor_int(&c, 4);
	if (c.bad || name_at < 0)
		return false;
	c = cursor_at(g->data, g->len, g->names + (uint64_t)name_at);
	*name = cursor_str(&c);
	return *name && **name;
}

bool gopcln_function(const struct gopcln *g, const char *name, uint64_t *start, uint64_t *end)
{
	size_t want = strlen(name) + 1;

	for (uint64_t i = 0; i < g->n; i++) {
		uint64_t offset, at;

		entry_at(g, i, &offset, &at);
		if (at > g->len - g->funcs)
			continue;
		struct cursor c = cursor_at(g->data, g->len, g->funcs + at);
		cursor_take(&c, g->offsets ? 4 : 8);
		uint64_t name_at = cursor_uint(&c, 4);
		if (c.bad)
			continue;
		c = cursor_at(g->data, g->len, g->names + name_at);
		const uint8_t *text = cursor_take(&c, want);
		if (!text || memcmp(text, name, want) != 0)
			continue;
		*start = g->text + offset;
		entry_at(g, i + 1, &offset, &at);
		*end = g->text + offset;
		return *end > *start;
	}
	return false;
}

bool gopcln_sp_delta(const struct gopcln *g, uint64_t vaddr, int32_t *delta)
{
	struct cursor c;
	uint64_t pc;

	if (!find_func(g, vaddr, &pc, &c))
		return false;
	cursor_take(&c, 12); /* name, size of arguments, deferreturn */
	uint64_t table = cursor_uint(&c, 4);
	if (c.bad || table == 0)
		return false;
	c = cursor_at(g->data, g->len, g->pcs + table);
	int64_t value = -1;
	for (unsigned i = 0; i < MAX_STEPS; i++) {
		uint64_t step = cursor_uleb(&c);

		if (c.bad || (step == 0 && i > 0) || step > UINT32_MAX)
			return false;
		value += (int64_t)(step >> 1) ^ -(int64_t)(step & 1);
		pc += (cursor_uleb(&c) & UINT32_MAX) * g->quantum;
		if (c.bad)
			return false;
		if (vaddr < pc) {
			*delta = (int32_t)value;
			return value >= 0 && value <= 1 << 24;
		}
	}
	return false;
}
